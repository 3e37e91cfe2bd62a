namespace KubeLab.Api.Verbs;

/// <summary>A web request to a container.</summary>
/// <param name="Method">In capitals, for example <c>GET</c>.</param>
/// <param name="Path">The path without the query.</param>
/// <param name="Query">The query without its question mark.</param>
public sealed record WebQuestion(string Method, string Path, string Query = "");

/// <summary>What a container answers to a web request.</summary>
/// <param name="Code">The HTTP status code.</param>
/// <param name="ContentType">What the body is.</param>
/// <param name="Body">The text.</param>
public sealed record WebAnswer(int Code, string ContentType, string Body);
