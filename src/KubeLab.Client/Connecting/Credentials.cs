using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeLab.Client.Connecting;

/// <summary>How a user proves who it is: a certificate, a token, a file with a token, a plugin, or a password.</summary>
internal sealed class Credentials
{
    private readonly KubeconfigEntry user;
    private readonly ExecPlugin? plugin;

    private Credentials(KubeconfigEntry user, ExecPlugin? plugin)
    {
        this.user = user;
        this.plugin = plugin;
    }

    public static Credentials Of(KubeconfigEntry user, KubeconfigEntry cluster)
    {
        if (user.Object("auth-provider") is not null)
        {
            throw user.Wrong("auth-provider", "was removed in Kubernetes 1.26; use an exec plugin, such as gke-gcloud-auth-plugin");
        }

        return new Credentials(user, user.Object("exec") is { } exec ? new ExecPlugin(exec, cluster) : null);
    }

    /// <summary>Puts the user's certificate, if it has one, into the connection.</summary>
    public void AddCertificate(SslClientAuthenticationOptions options)
    {
        var (certificate, key) = (user.Bytes("client-certificate"), user.Bytes("client-key"));
        if (certificate is not null && key is null)
        {
            throw user.Wrong("client-key", "is not set, but client-certificate is");
        }

        if (certificate is null && plugin?.Read() is { CertificatePem: { } pem, KeyPem: { } keyPem })
        {
            (certificate, key) = (Encoding.UTF8.GetBytes(pem), Encoding.UTF8.GetBytes(keyPem));
        }

        if (certificate is not null)
        {
            options.ClientCertificates = [Load(certificate, key!)];
        }
    }

    /// <summary>The <c>Authorization</c> header of the next request; null when the connection proves enough.</summary>
    public AuthenticationHeaderValue? Header()
    {
        if (user.Text("token") is { } token)
        {
            return Bearer(token);
        }

        if (user.Text("tokenFile") is not null)
        {
            // Read each time, because the file changes under a pod that lives long.
            return Bearer(Encoding.UTF8.GetString(user.ReadFile("tokenFile")).Trim());
        }

        if (plugin is not null)
        {
            return plugin.Read().Token is { } given ? Bearer(given) : null;
        }

        return user.Text("username") is { } name
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{user.Text("password")}")))
            : null;
    }

    /// <summary>The server did not believe the last token; true when asking again may give another.</summary>
    public bool Refresh()
    {
        plugin?.Forget();
        return plugin is not null;
    }

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private X509Certificate2 Load(byte[] certificate, byte[] key)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate), Encoding.UTF8.GetString(key));

            // Windows refuses keys that exist in memory only, so the pair goes through a store of its own.
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw user.Wrong("client-certificate", $"certificate and key cannot be used: {e.Message}", e);
        }
    }
}
