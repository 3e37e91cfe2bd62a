using KubeLab.Api.Authentication;

namespace KubeLab.ApiServer.Authorization;

/// <summary>What somebody wants to do: a verb on a resource, or on a path that is none.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#request-attributes-used-in-authorization">
/// Request attributes
/// </seealso>
public sealed record RequestAttributes
{
    /// <summary>Who.</summary>
    public required UserInfo User { get; init; }

    /// <summary><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, …; for other paths the method in small letters.</summary>
    public required string Verb { get; init; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The resource, for example <c>pods</c>; empty for other paths.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The subresource, or empty.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The namespace, or empty.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The object, or empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The path, for what is no resource.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether it is about a resource.</summary>
    public bool IsResource => Resource.Length > 0;

    /// <summary>Resource and subresource as rules write them: <c>pods/log</c>.</summary>
    public string FullResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";
}
