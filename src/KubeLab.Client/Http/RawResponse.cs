namespace KubeLab.Client.Http;

/// <summary>A request as text, for commands that print what the server says.</summary>
/// <param name="Method">The method, for example <c>GET</c>.</param>
/// <param name="Path">Path and query, for example <c>/api/v1/pods?limit=500</c>.</param>
public sealed record RawRequest(string Method, string Path)
{
    /// <summary>The form of the answer, for example the one for tables.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>The body, or null.</summary>
    public string? Body { get; init; }

    /// <summary>What the body is.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether it is not sent again when the server is busy, because it comes again soon anyway.</summary>
    public bool IsSentOnce { get; init; }
}

/// <summary>The answer to a <see cref="RawRequest"/>.</summary>
/// <param name="Code">The HTTP status code.</param>
/// <param name="Text">The body.</param>
/// <param name="Warnings">What the server warns of.</param>
public sealed record RawResponse(int Code, string Text, IReadOnlyList<string> Warnings);
