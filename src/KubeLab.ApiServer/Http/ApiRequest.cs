using KubeLab.Api.Authentication;
using KubeLab.ApiServer.Authentication;

namespace KubeLab.ApiServer.Http;

/// <summary>An HTTP request without its transport.</summary>
public sealed record ApiRequest
{
    /// <summary>The method in capitals, for example <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The path, still percent-encoded, for example <c>/api/v1/namespaces/default/pods</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The query without its question mark, still encoded.</summary>
    public string Query { get; init; } = "";

    /// <summary>The <c>Accept</c> header; null accepts anything.</summary>
    public string? Accept { get; init; }

    /// <summary>The <c>Content-Type</c> header of the body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The <c>User-Agent</c> header, which names the field manager when the query does not.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The <c>If-None-Match</c> header: what the client has already, by its <see cref="ApiResponse.ETag"/>.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Whether the client wants to go on with another protocol on this connection, which exec, attach and port-forward require.</summary>
    public bool WantsUpgrade { get; init; }

    /// <summary>The body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Who asks.</summary>
    public UserInfo User { get; init; } = Identities.Administrator;

    /// <summary>A bearer token that is still to prove who asks; null when <see cref="User"/> is proved already.</summary>
    public string? BearerToken { get; init; }

    /// <summary>As whom the user wants to be taken; null for himself.</summary>
    public Impersonation? Impersonation { get; init; }
}
