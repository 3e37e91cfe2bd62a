using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Http.Identity;

/// <summary>Finds out who asks: by client certificate or bearer token, as upstream's server does.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/">Authenticating</seealso>
internal sealed class Authenticator(CertificateAuthority authority, string token, string tokenUser)
{
    private const string Bearer = "Bearer ";
    private readonly byte[] tokenBytes = Encoding.UTF8.GetBytes(token);

    /// <summary>Whether <paramref name="path"/> tells nothing that would need a name: health and version are open, as upstream.</summary>
    public static bool IsOpen(string path) =>
        path.TrimEnd('/') is "/version" or "/healthz" or "/readyz" or "/livez"
        || path.StartsWith("/healthz/", StringComparison.Ordinal)
        || path.StartsWith("/readyz/", StringComparison.Ordinal)
        || path.StartsWith("/livez/", StringComparison.Ordinal);

    /// <summary>The user's name, or null when nothing proves one. A wrong token counts, even beside nothing else.</summary>
    public async ValueTask<string?> UserAsync(HttpContext context, CancellationToken cancellation)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (await context.Connection.GetClientCertificateAsync(cancellation) is { } certificate && authority.HasSigned(certificate))
        {
            return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        }

        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && IsToken(header[Bearer.Length..].Trim()) ? tokenUser : null;
    }

    // A comparison that ends at the first difference would tell a patient client how much of its guess is right.
    private bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), tokenBytes);
}
