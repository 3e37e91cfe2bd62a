using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Where the next chunk of a list begins, and at which revision; opaque to clients.</summary>
/// <param name="Revision">The revision to read at; -1 for the newest, which makes an inconsistent list.</param>
/// <param name="Start">The first key, behind the resource's prefix.</param>
/// <param name="Remaining">How many objects the revision holds from there on, so that no chunk but the first counts them; 0 when that is not known.</param>
/// <remarks>Upstream: apiserver/pkg/storage/continue.go, whose form this is.</remarks>
internal readonly record struct ContinueToken(long Revision, string Start, long Remaining = 0)
{
    private const string TokenVersion = "meta.k8s.io/v1";

    /// <summary>Reads one.</summary>
    /// <exception cref="ApiException">BadRequest: it is not one of ours.</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            var bytes = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
            if (JsonNode.Parse(bytes) is JsonObject token && (string?)token["v"] == TokenVersion
                && (string?)token["start"] is { Length: > 0 } start && (long?)token["rv"] is { } revision and not 0)
            {
                return new ContinueToken(revision, start, (long?)token["n"] ?? 0);
            }
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException or InvalidOperationException)
        {
            throw ApiErrors.BadRequest($"continue key is not valid: {e.Message}");
        }

        throw ApiErrors.BadRequest("continue key is not valid: server does not recognize this encoded version");
    }

    /// <summary>The token behind the key <paramref name="last"/>.</summary>
    public static ContinueToken After(long revision, string last, long remaining) => new(revision, last + "\0", remaining);

    /// <summary>The token as clients carry it.</summary>
    public override string ToString()
    {
        var token = new JsonObject { ["v"] = TokenVersion, ["rv"] = Revision, ["start"] = Start };
        if (Remaining > 0)
        {
            token["n"] = Remaining;
        }

        var json = token.ToJsonString();
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
