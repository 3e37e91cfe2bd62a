using System.Text;

namespace KubeLab.Http.Identity;

/// <summary>Writes the file by which kubectl and client libraries find a served cluster and prove who they are.</summary>
internal static class KubeconfigText
{
    public static string Of(string name, Uri address, string authorityPem, (string Certificate, string Key) client) => $"""
        # A simulated cluster of KubeLab; it ends with the program that serves it.
        apiVersion: v1
        kind: Config
        clusters:
        - name: {name}
          cluster:
            server: {address.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Base64(authorityPem)}
        contexts:
        - name: {name}
          context:
            cluster: {name}
            user: {name}
        current-context: {name}
        users:
        - name: {name}
          user:
            client-certificate-data: {Base64(client.Certificate)}
            client-key-data: {Base64(client.Key)}

        """.ReplaceLineEndings("\n");

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem + "\n"));
}
