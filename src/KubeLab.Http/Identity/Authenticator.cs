using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using KubeLab.Api.Authentication;
using KubeLab.ApiServer.Authentication;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Http.Identity;

/// <summary>Finds out who asks: by client certificate or bearer token, as upstream's server does.</summary>
/// <param name="authority">Who signed the certificates; null where there are none.</param>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/">Authenticating</seealso>
internal sealed class Authenticator(CertificateAuthority? authority)
{
    private const string Bearer = "Bearer ";
    private readonly ConcurrentDictionary<string, (byte[] Token, UserInfo User)> known = new(StringComparer.Ordinal);

    /// <summary>From now on <paramref name="token"/> proves <paramref name="user"/>.</summary>
    public void Add(string token, UserInfo user) => known[token] = (Encoding.UTF8.GetBytes(token), user);

    /// <summary>Who asks. Nobody at all is the anonymous user; something that proves nothing is refused (null).</summary>
    public async ValueTask<Proof?> ProveAsync(HttpContext context, CancellationToken cancellation)
    {
        if (await context.Connection.GetClientCertificateAsync(cancellation) is { } certificate)
        {
            return authority?.HasSigned(certificate) == true ? new Proof(CertificateSubject.Of(certificate), null) : null;
        }

        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return new Proof(Identities.Anonymous, null);
        }

        var given = header[Bearer.Length..].Trim();
        return Find(given) is { } user ? new Proof(user, null) : new Proof(Identities.Anonymous, given);
    }

    // A comparison that ends at the first difference would tell a patient client how much of its guess is right.
    private UserInfo? Find(string given)
    {
        var bytes = Encoding.UTF8.GetBytes(given);
        UserInfo? found = null;
        foreach (var (_, (token, user)) in known)
        {
            found = CryptographicOperations.FixedTimeEquals(bytes, token) ? user : found;
        }

        return found;
    }
}

/// <summary>Who asks, as far as the door itself can tell.</summary>
/// <param name="User">The user.</param>
/// <param name="Token">A token that only the cluster can read; null when the user is certain.</param>
internal sealed record Proof(UserInfo User, string? Token);
