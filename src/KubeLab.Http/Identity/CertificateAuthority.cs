using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLab.Http.Identity;

/// <summary>Signs the certificates of one served cluster; it is made when the server starts and its key never leaves the process.</summary>
/// <seealso href="https://kubernetes.io/docs/setup/best-practices/certificates/">PKI certificates and requirements</seealso>
internal sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    // Clocks of two machines differ a little: a certificate that begins in the past is valid at once everywhere.
    private static readonly TimeSpan Leeway = TimeSpan.FromHours(1);
    private readonly X509Certificate2 root;
    private readonly DateTimeOffset made;

    /// <summary>Makes an authority whose certificates are valid from <paramref name="now"/> for a year.</summary>
    public CertificateAuthority(DateTimeOffset now)
    {
        made = now;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kubelab-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        root = request.CreateSelfSigned(now - Leeway, now + Life);
    }

    /// <summary>The authority's own certificate in PEM.</summary>
    public string Pem => root.ExportCertificatePem();

    /// <summary>A certificate for a server on this machine: 127.0.0.1, ::1 and localhost.</summary>
    public X509Certificate2 ForServer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("kubernetes");
        names.AddDnsName("kubernetes.default.svc");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        using var signed = Sign(new X500DistinguishedName("CN=kube-apiserver"), key, ServerAuthentication, names.Build());

        // Windows wants the key in a container of its own before it serves with it.
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A certificate that says who a client is, as PEM.</summary>
    /// <param name="user">The user's name, which is the certificate's common name.</param>
    /// <param name="groups">The user's groups, which are its organisations.</param>
    public (string Certificate, string Key) ForClient(string user, params ReadOnlySpan<string> groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(user);
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            // A distinguished name is built from its end.
            subject.AddOrganizationName(groups[i]);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(subject.Build(), key, ClientAuthentication, null);
        return (signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Whether <paramref name="certificate"/> was signed here, for a client, and is valid.</summary>
    public bool HasSigned(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private X509Certificate2 Sign(X500DistinguishedName subject, ECDsa key, string purpose, X509Extension? names)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        using var bare = request.Create(root, made - Leeway, root.NotAfter, serial);
        return bare.CopyWithPrivateKey(key);
    }
}
