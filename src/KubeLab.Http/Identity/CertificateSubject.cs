using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.ApiServer.Authentication;

namespace KubeLab.Http.Identity;

/// <summary>Reads from a client certificate who its owner is: the common name is the user, each organisation a group.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates">X509 client certificates</seealso>
internal static class CertificateSubject
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    public static UserInfo Of(X509Certificate2 certificate)
    {
        var name = "";
        var groups = new List<string>();
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false))
        {
            switch (part.GetSingleElementType().Value)
            {
                case CommonName:
                    name = part.GetSingleElementValue() ?? "";
                    break;
                case Organization:
                    groups.Add(part.GetSingleElementValue() ?? "");
                    break;
                default:
                    break;
            }
        }

        return Identities.Named(name, [.. groups]) with
        {
            Extra = new OpaqueObject().With(
                "authentication.kubernetes.io/credential-id",
                JsonElement.Parse($"[\"X509SHA256={Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))}\"]")),
        };
    }
}
