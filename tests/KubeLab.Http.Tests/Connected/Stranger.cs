using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeLab.Http.Tests.Connected;

/// <summary>A certificate that no cluster of these tests knows.</summary>
internal static class Stranger
{
    private static readonly Lazy<(byte[] Certificate, byte[] Key)> Pair = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return (Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()), Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
    });

    public static byte[] Pem() => Pair.Value.Certificate;

    public static byte[] KeyPem() => Pair.Value.Key;
}
