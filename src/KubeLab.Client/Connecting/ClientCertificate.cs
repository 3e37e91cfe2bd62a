using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeLab.Client.Connecting;

/// <summary>A certificate with its key, both in PEM, made ready for a connection.</summary>
internal static class ClientCertificate
{
    /// <summary>Reads the pair; certificates after the first one are sent along, as the way to the authority.</summary>
    /// <exception cref="CryptographicException">They cannot be read, or do not belong together.</exception>
    public static SslStreamCertificateContext Load(string certificatePem, string keyPem)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificatePem, keyPem);

            // Windows refuses keys that exist in memory only, so the pair goes through a store of its own.
            var leaf = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
            var all = new X509Certificate2Collection();
            all.ImportFromPem(certificatePem);
            return SslStreamCertificateContext.Create(leaf, [.. all.Skip(1)], offline: true);
        }
        catch (ArgumentException e)
        {
            // The parameter's name would say nothing to the user, and the text might be long.
            throw new CryptographicException(e.Message.Split(" (Parameter", 2)[0], e);
        }
    }

    /// <summary>The bytes of a PEM file as text.</summary>
    public static string Text(byte[] pem) => Encoding.UTF8.GetString(pem);
}
