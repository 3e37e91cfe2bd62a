using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLab.Client.Connecting;

namespace KubeLab.Tests.Client.Connecting;

public sealed class ClientCertificateTests
{
    [Theory]
    [InlineData("pkcs8")]
    [InlineData("traditional")]
    public void Keys_of_elliptic_curves_are_read(string form)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Pem(new CertificateRequest("CN=dev", key, HashAlgorithmName.SHA256));
        Assert.Equal("CN=dev", ClientCertificate.Load(certificate, form == "pkcs8" ? key.ExportPkcs8PrivateKeyPem() : key.ExportECPrivateKeyPem()).TargetCertificate.Subject);
    }

    [Theory]
    [InlineData("pkcs8")]
    [InlineData("traditional")]
    public void Keys_of_RSA_are_read(string form)
    {
        using var key = RSA.Create(2048);
        var certificate = Pem(new CertificateRequest("CN=dev", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.True(ClientCertificate.Load(certificate, form == "pkcs8" ? key.ExportPkcs8PrivateKeyPem() : key.ExportRSAPrivateKeyPem()).TargetCertificate.HasPrivateKey);
    }

    [Fact]
    public void The_way_to_the_authority_is_sent_along()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (from, to) = (new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var top = Authority("CN=root", root).CreateSelfSigned(from, to);
        using var middle = Authority("CN=middle", other).Create(top, from, to, [1]).CopyWithPrivateKey(other);
        using var leaf = new CertificateRequest("CN=dev", key, HashAlgorithmName.SHA256).Create(middle, from, to, [2]);
        var context = ClientCertificate.Load($"{leaf.ExportCertificatePem()}\n{middle.ExportCertificatePem()}", key.ExportPkcs8PrivateKeyPem());
        Assert.Equal("CN=dev", context.TargetCertificate.Subject);
        Assert.Equal(["CN=middle"], context.IntermediateCertificates.Select(c => c.Subject));
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Pem(new CertificateRequest("CN=dev", key, HashAlgorithmName.SHA256));
        Assert.Throws<CryptographicException>(() => ClientCertificate.Load(certificate, other.ExportPkcs8PrivateKeyPem()));
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static string Pem(CertificateRequest request)
    {
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return certificate.ExportCertificatePem();
    }
}
