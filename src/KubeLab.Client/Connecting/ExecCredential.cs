using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Client.Connecting;

/// <summary>What a plugin hands out.</summary>
/// <param name="Token">A bearer token, or null.</param>
/// <param name="CertificatePem">A certificate, or null.</param>
/// <param name="KeyPem">Its key, or null.</param>
/// <param name="Expires">When it must be asked again; null is never.</param>
/// <seealso href="https://kubernetes.io/docs/reference/config-api/client-authentication.v1/">client.authentication.k8s.io/v1</seealso>
internal sealed record ExecCredential(string? Token, string? CertificatePem, string? KeyPem, DateTimeOffset? Expires)
{
    /// <summary>Reads what a plugin printed.</summary>
    /// <exception cref="FormatException">It is not such an answer; the message is upstream's and repeats nothing of it.</exception>
    public static ExecCredential Parse(string output, string apiVersion)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(output);
        }
        catch (JsonException)
        {
            throw new FormatException("decoding stdout: it is not JSON");
        }

        if (root is not JsonObject answer || Text(answer, "kind") != "ExecCredential")
        {
            throw new FormatException("decoding stdout: it is not of kind ExecCredential");
        }

        if (Text(answer, "apiVersion") is var version && version != apiVersion)
        {
            throw new FormatException($"exec plugin is configured to use API version {apiVersion}, plugin returned version {version}");
        }

        if (answer["status"] is not JsonObject status)
        {
            throw new FormatException("exec plugin didn't return a status field");
        }

        var (token, certificate, key) = (Text(status, "token"), Text(status, "clientCertificateData"), Text(status, "clientKeyData"));
        if (token is null && certificate is null && key is null)
        {
            throw new FormatException("exec plugin didn't return a token or cert/key pair");
        }

        return (certificate is null) == (key is null)
            ? new ExecCredential(token, certificate, key, Time(status))
            : throw new FormatException("exec plugin returned only certificate or key, not both");
    }

    private static DateTimeOffset? Time(JsonObject status) => Text(status, "expirationTimestamp") switch
    {
        null => null,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => throw new FormatException("decoding stdout: expirationTimestamp is not a time such as 2026-01-01T08:00:00Z"),
    };

    private static string? Text(JsonObject owner, string name) =>
        owner[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;
}
