using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace KubeLab.Client.Connecting;

/// <summary>Says why a server's certificate is not believed, in the words that learners will search for: those of Go's crypto/x509.</summary>
internal static class CertificateProblem
{
    private const string Start = "tls: failed to verify certificate: x509: ";

    /// <summary>The certificate is for other names than the one asked for.</summary>
    public static string WrongName(X509Certificate2 certificate, string host)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        if (System.Net.IPAddress.TryParse(host, out _))
        {
            var addresses = names?.EnumerateIPAddresses().Select(a => a.ToString()).ToList() ?? [];
            return addresses.Count == 0
                ? $"{Start}cannot validate certificate for {host} because it doesn't contain any IP SANs"
                : $"{Start}certificate is valid for {string.Join(", ", addresses)}, not {host}";
        }

        var hosts = names?.EnumerateDnsNames().ToList() ?? [];
        return hosts.Count == 0
            ? $"{Start}certificate is not valid for any names, but wanted to match {host}"
            : $"{Start}certificate is valid for {string.Join(", ", hosts)}, not {host}";
    }

    /// <summary>The chain does not end in an authority that is believed, or a certificate's time is over or has not come.</summary>
    public static string Untrusted(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (from, to) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return now < from ? $"{Start}certificate has expired or is not yet valid: current time {Text(now)} is before {Text(from)}"
            : now > to ? $"{Start}certificate has expired or is not yet valid: current time {Text(now)} is after {Text(to)}"
            : $"{Start}certificate signed by unknown authority";
    }

    /// <summary>There was no certificate at all.</summary>
    public static string Missing(SslPolicyErrors errors) => $"tls: the server shows no certificate ({errors})";

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
