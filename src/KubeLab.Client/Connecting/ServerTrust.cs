using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeLab.Client.Connecting;

/// <summary>
/// Decides whether a server's certificate is believed: by the cluster's own authority, by the system's, or not looked at.
/// </summary>
internal static class ServerTrust
{
    public static void Apply(KubeconfigEntry cluster, SslClientAuthenticationOptions options)
    {
        if (cluster.Text("tls-server-name") is { } name)
        {
            options.TargetHost = name;
        }

        if (cluster.Is("insecure-skip-tls-verify"))
        {
            if (cluster.Bytes("certificate-authority") is not null)
            {
                throw cluster.Wrong("insecure-skip-tls-verify", "specifying a root certificates file with the insecure flag is not allowed");
            }

#pragma warning disable CA5359 // The user asked for it by name; kubectl does the same.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (cluster.Bytes("certificate-authority") is { } pem)
        {
            var roots = Roots(cluster, pem);
            options.RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsIssuedBy(roots, certificate, errors);
        }
    }

    private static X509Certificate2Collection Roots(KubeconfigEntry cluster, byte[] pem)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException e)
        {
            throw cluster.Wrong("certificate-authority", $"is not a certificate: {e.Message}", e);
        }

        return roots.Count > 0 ? roots : throw cluster.Wrong("certificate-authority", "holds no certificate");
    }

    // The name must be right; the chain may end in the cluster's own authority.
    private static bool IsIssuedBy(X509Certificate2Collection roots, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        return chain.Build(certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }
}
