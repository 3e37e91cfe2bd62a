using System.Text;

namespace KubeLab.Http.Identity;

/// <summary>Writes the file by which kubectl and client libraries find a served cluster and prove who they are.</summary>
internal static class KubeconfigText
{
    /// <summary>The file's first line, by which a later run knows that it may replace it.</summary>
    public const string FirstLine = "# Written by KubeLab for a simulated cluster; it is replaced whenever one is served.";

    public static string Of(string name, Uri address, string authorityPem, (string Certificate, string Key) client) => $"""
        {FirstLine}
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
            user: kubernetes-admin
        current-context: {name}
        users:
        - name: kubernetes-admin
          user:
            client-certificate-data: {Base64(client.Certificate)}
            client-key-data: {Base64(client.Key)}

        """.ReplaceLineEndings("\n");

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem + "\n"));
}
