using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeLab.Client.Connecting;

/// <summary>
/// Decides whether a server's certificate is believed: by the cluster's own authorities, by the system's, or not looked at.
/// </summary>
internal sealed class ServerTrust
{
    private readonly bool isBlind;
    private readonly X509Certificate2Collection? roots;
    private readonly string host;
    private readonly TimeProvider time;

    /// <summary>Reads what the kubeconfig says about the server called <paramref name="host"/>.</summary>
    public ServerTrust(KubeconfigEntry cluster, string host, TimeProvider time)
    {
        this.host = host;
        this.time = time;
        isBlind = cluster.Is("insecure-skip-tls-verify");
        var bundle = cluster.Bytes("certificate-authority");
        if (isBlind && bundle is not null)
        {
            throw cluster.Wrong("insecure-skip-tls-verify", "specifying a root certificates file with the insecure flag is not allowed");
        }

        roots = bundle is null ? null : Roots(cluster, bundle);
    }

    /// <summary>Puts the decision into a connection.</summary>
    public void Apply(SslClientAuthenticationOptions options)
    {
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.RemoteCertificateValidationCallback = IsBelieved;
    }

    /// <exception cref="AuthenticationException">It is not believed; the message says why.</exception>
    private bool IsBelieved(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (isBlind)
        {
            // The user asked for it by name; kubectl does the same.
            return true;
        }

        if (shown is null)
        {
            throw new AuthenticationException(CertificateProblem.Missing(errors));
        }

        using var copy = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        var isIssued = roots is null ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) : IsIssuedBy(roots, copy, chain);
        if (!isIssued)
        {
            throw new AuthenticationException(CertificateProblem.Untrusted(copy, time.GetUtcNow()));
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? throw new AuthenticationException(CertificateProblem.WrongName(copy, host))
            : true;
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

        return roots.Count > 0
            ? roots
            : throw cluster.Wrong("certificate-authority", "holds no certificate: unable to load root certificates: unable to parse bytes as PEM block");
    }

    private static bool IsIssuedBy(X509Certificate2Collection roots, X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(roots);
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        if (chain.Build(certificate))
        {
            return true;
        }

        // As in Go, every certificate of the bundle is an anchor, also one that another authority signed.
        return chain.ChainStatus.All(s => s.Status == X509ChainStatusFlags.PartialChain)
            && chain.ChainElements.Any(element => roots.Any(root => root.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)));
    }
}
