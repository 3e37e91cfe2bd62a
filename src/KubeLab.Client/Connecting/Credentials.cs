using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;

namespace KubeLab.Client.Connecting;

/// <summary>How a user proves who it is: a certificate, a token, a file with a token, a plugin, or a password.</summary>
internal sealed class Credentials
{
    private readonly KubeconfigEntry user;
    private readonly ExecPlugin? plugin;
    private readonly SslStreamCertificateContext? own;
    private (ExecCredential From, SslStreamCertificateContext Context)? handedOut;
    private string? lastToken;

    public Credentials(KubeconfigEntry user, KubeconfigEntry cluster, TimeProvider time)
    {
        this.user = user;
        plugin = user.Object("exec") is { } exec ? new ExecPlugin(exec, cluster, time) : null;
        if (user.Bytes("client-certificate") is { } certificate)
        {
            own = Load(ClientCertificate.Text(certificate), ClientCertificate.Text(user.Bytes("client-key")!), "client-certificate");
        }
    }

    /// <summary>What proves who speaks, now.</summary>
    /// <exception cref="KubeconfigException">A plugin or a token's file gives nothing.</exception>
    public Proof Now()
    {
        if (user.Text("tokenFile") is not null)
        {
            return new Proof(Bearer(FromFile()), own, null);
        }

        if (user.Text("token") is { } token)
        {
            return new Proof(Bearer(token), own, null);
        }

        if (user.Text("username") is not null || user.Text("password") is not null)
        {
            var pair = Encoding.UTF8.GetBytes($"{user.Text("username")}:{user.Text("password")}");
            return new Proof(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair)), own, null);
        }

        return plugin is null ? new Proof(null, own, null) : FromPlugin(plugin.Read());
    }

    /// <summary>The server did not believe the proof; true when asking again may give another.</summary>
    public bool Refresh(Proof refused)
    {
        if (plugin is null || refused.Plugin is null)
        {
            return false;
        }

        plugin.Forget(refused.Plugin);
        return true;
    }

    // The file changes under a program that lives long; while it is being replaced, what stood in it last still counts.
    private string FromFile()
    {
        try
        {
            var token = Encoding.UTF8.GetString(user.ReadFile("tokenFile")).Trim();
            return lastToken = token.Length > 0 ? token : throw user.Wrong("tokenFile", "is empty");
        }
        catch (KubeconfigException) when ((lastToken ?? user.Text("token")) is not null)
        {
            return (lastToken ?? user.Text("token"))!;
        }
    }

    private Proof FromPlugin(ExecCredential given)
    {
        var certificate = own;
        if (given is { CertificatePem: { } pem, KeyPem: { } key })
        {
            // The same answer gives the same certificate, so that connections are kept.
            if (!ReferenceEquals(handedOut?.From, given))
            {
                handedOut = (given, Load(pem, key, "exec"));
            }

            certificate = handedOut!.Value.Context;
        }

        return new Proof(given.Token is { } token ? Bearer(token) : null, certificate, given);
    }

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private SslStreamCertificateContext Load(string certificatePem, string keyPem, string field)
    {
        try
        {
            return ClientCertificate.Load(certificatePem, keyPem);
        }
        catch (CryptographicException e)
        {
            throw user.Wrong(field, $"certificate and key cannot be used: {e.Message}", e);
        }
    }
}

/// <summary>What proves who speaks.</summary>
/// <param name="Header">The <c>Authorization</c> header; null when the connection proves enough.</param>
/// <param name="Certificate">The certificate of the connection, or null.</param>
/// <param name="Plugin">The plugin's answer that it came from, or null.</param>
internal sealed record Proof(AuthenticationHeaderValue? Header, SslStreamCertificateContext? Certificate, ExecCredential? Plugin);
