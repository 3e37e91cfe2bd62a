using System.Text.Json.Nodes;

namespace KubeLab.Client.Connecting;

/// <summary>What a plugin is told in <c>KUBERNETES_EXEC_INFO</c>.</summary>
internal static class ExecInfo
{
    private const string Extension = "client.authentication.k8s.io/exec";

    private static readonly string[] Texts = ["tls-server-name", "proxy-url"];
    private static readonly string[] Switches = ["insecure-skip-tls-verify", "disable-compression"];

    /// <summary>The text of the variable; <paramref name="cluster"/> is null when the plugin does not ask for it.</summary>
    public static string Of(string apiVersion, KubeconfigEntry? cluster)
    {
        // A notebook has no terminal to hand on, so the plugin cannot ask anything.
        var spec = new JsonObject();
        if (cluster is not null)
        {
            spec["cluster"] = Describe(cluster);
        }

        spec["interactive"] = false;
        return new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = apiVersion, ["spec"] = spec }.ToJsonString();
    }

    private static JsonObject Describe(KubeconfigEntry cluster)
    {
        var info = new JsonObject { ["server"] = cluster.Text("server") };
        foreach (var field in Texts)
        {
            if (cluster.Text(field) is { } text)
            {
                info[field] = text;
            }
        }

        foreach (var field in Switches)
        {
            if (cluster.Is(field))
            {
                info[field] = true;
            }
        }

        if (cluster.Bytes("certificate-authority") is { } pem)
        {
            info["certificate-authority-data"] = Convert.ToBase64String(pem);
        }

        var config = cluster.List("extensions").OfType<JsonObject>().FirstOrDefault(e => (e["name"] as JsonValue)?.ToString() == Extension)?["extension"];
        info["config"] = config?.DeepClone();
        return info;
    }
}
