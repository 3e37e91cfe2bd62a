using System.Text.Json.Nodes;

namespace KubeLab.Client.Connecting;

/// <summary>What a kubeconfig says about a credential plugin: which program, with what, and how it answers.</summary>
/// <param name="Command">The program: a name on the PATH, or a path that counts from the kubeconfig's folder.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Variables">What is added to its environment.</param>
/// <param name="ApiVersion">The version of the protocol that it speaks.</param>
/// <param name="IsAlwaysInteractive">Whether it needs a terminal to ask the user.</param>
/// <param name="WantsCluster">Whether it is told which cluster is meant.</param>
/// <param name="InstallHint">How to get it; null when the file does not say.</param>
internal sealed record ExecSettings(
    string Command,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<KeyValuePair<string, string>> Variables,
    string ApiVersion,
    bool IsAlwaysInteractive,
    bool WantsCluster,
    string? InstallHint)
{
    /// <summary>The versions of the protocol that are spoken.</summary>
    public const string V1 = "client.authentication.k8s.io/v1";

    /// <summary>The version before it, in which a terminal is asked for only if there is one.</summary>
    public const string V1Beta1 = "client.authentication.k8s.io/v1beta1";

    /// <summary>Reads the entry.</summary>
    public static ExecSettings Of(KubeconfigEntry exec)
    {
        var command = exec.Text("command") ?? "";
        return new(
            command.Contains('/', StringComparison.Ordinal) || command.Contains('\\', StringComparison.Ordinal) ? exec.PathOf(command) : command,
            exec.Texts("args"),
            [.. exec.List("env").OfType<JsonObject>().Select(v => KeyValuePair.Create(TextOf(v, "name"), TextOf(v, "value")))],
            exec.Text("apiVersion") ?? "",
            exec.Text("interactiveMode") == "Always",
            exec.Is("provideClusterInfo"),
            exec.Text("installHint"));
    }

    /// <summary>Whether the entry of the user called <paramref name="name"/> can be used, in upstream's words.</summary>
    /// <exception cref="KubeconfigException">It cannot.</exception>
    public static void Check(string name, KubeconfigEntry exec)
    {
        if (exec.Text("command") is null)
        {
            throw exec.Wrong("command", $"command must be specified for {name} to use exec authentication plugin");
        }

        var version = exec.Text("apiVersion")
            ?? throw exec.Wrong("apiVersion", $"apiVersion must be specified for {name} to use exec authentication plugin");
        if (exec.List("env").Any(v => v is not JsonObject map || TextOf(map, "name").Length == 0))
        {
            throw exec.Wrong("env", $"env variable name must be specified for {name} to use exec authentication plugin");
        }

        _ = exec.Texts("args");
        switch (exec.Text("interactiveMode"))
        {
            case null when version == V1:
                throw exec.Wrong("interactiveMode", $"interactiveMode must be specified for {name} to use exec authentication plugin");
            case null or "Never" or "IfAvailable" or "Always":
                break;
            case var mode:
                throw exec.Wrong("interactiveMode", $"invalid interactiveMode for {name}: \"{mode}\"");
        }

        if (version is not (V1 or V1Beta1))
        {
            throw exec.Wrong("apiVersion", $"exec plugin: invalid apiVersion \"{version}\"");
        }
    }

    private static string TextOf(JsonObject map, string name) =>
        map[name] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : "";
}
