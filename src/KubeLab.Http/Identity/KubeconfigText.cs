using System.Globalization;
using System.Text;

namespace KubeLab.Http.Identity;

/// <summary>Writes the file by which kubectl and client libraries find a served cluster and prove who they are.</summary>
internal static class KubeconfigText
{
    /// <summary>The extension of a context that names the process behind it.</summary>
    public const string ProcessExtension = "kubelab-process";

    /// <summary>The file: the first of <paramref name="users"/> and its context are called as the cluster, and the context is current; the others are <c>user@cluster</c>.</summary>
    /// <param name="name">What the cluster is called.</param>
    /// <param name="address">Where it is served.</param>
    /// <param name="authorityPem">Who signed the server's certificate.</param>
    /// <param name="users">Who may come in.</param>
    /// <param name="process">The process that serves it, noted as an extension of each context so that others can tell when it is gone; null notes none.</param>
    public static string Of(string name, Uri address, string authorityPem, IReadOnlyList<ClientIdentity> users, int? process = null)
    {
        var text = new StringBuilder($"""
            # A simulated cluster of KubeLab; it ends with the program that serves it.
            apiVersion: v1
            kind: Config
            clusters:
            - name: {name}
              cluster:
                server: {address.GetLeftPart(UriPartial.Authority)}
                certificate-authority-data: {Base64(authorityPem)}
            contexts:

            """);
        for (var i = 0; i < users.Count; i++)
        {
            text.Append($"""
                - name: {Entry(i)}
                  context:
                    cluster: {name}
                    user: {Entry(i)}

                """);
            if (process is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"""
                        extensions:
                        - name: {ProcessExtension}
                          extension:
                            id: {process}

                    """);
            }
        }

        text.Append($"""
            current-context: {name}
            users:

            """);
        for (var i = 0; i < users.Count; i++)
        {
            text.Append($"""
                - name: {Entry(i)}
                  user:
                    client-certificate-data: {Base64(users[i].Certificate)}
                    client-key-data: {Base64(users[i].Key)}

                """);
        }

        return text.ToString().ReplaceLineEndings("\n");

        string Entry(int i) => i == 0 ? name : Quoted($"{users[i].User}@{name}");
    }

    // A name may hold colons and worse; YAML takes any text in JSON's quotes.
    private static string Quoted(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '@' or '.') && !char.IsAsciiDigit(text[0])
        ? text
        : System.Text.Json.JsonSerializer.Serialize(text);

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem + "\n"));
}
