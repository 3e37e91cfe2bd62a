using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;

namespace KubeLab.Http.Identity;

/// <summary>Puts a served cluster into a kubeconfig and takes it out again; what else is in the file stays, though not its comments.</summary>
/// <remarks>As kind and minikube do: cluster, user and context have the same name, and the context becomes the current one. Further users are called <c>user@name</c>.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">Organizing cluster access</seealso>
internal sealed class KubeconfigFile
{
    private static readonly string[] Lists = ["clusters", "contexts", "users"];
    private readonly string path;
    private readonly string name;
    private readonly string server;
    private string? contextBefore;

    private KubeconfigFile(string path, string name, string server) => (this.path, this.name, this.server) = (path, name, server);

    /// <summary>Adds the cluster of the kubeconfig <paramref name="text"/> to the file, which is made when there is none.</summary>
    /// <returns>How to take it out again.</returns>
    /// <exception cref="IOException">The file is no kubeconfig, or cannot be written.</exception>
    public static KubeconfigFile Add(string path, string name, Uri address, string text)
    {
        var file = new KubeconfigFile(TargetOf(path), name, Server(address));
        var own = (JsonObject)Yaml.Read(text)!;
        if (!File.Exists(file.path) || new FileInfo(file.path).Length == 0)
        {
            file.Write(text);
            return file;
        }

        var config = file.Read();
        foreach (var list in Lists)
        {
            var entries = Entries(config, list);
            Drop(entries, name);
            foreach (var entry in Entries(own, list))
            {
                entries.Add(entry!.DeepClone());
            }
        }

        file.contextBefore = (string?)config["current-context"] is { Length: > 0 } before && before != name ? before : null;
        config["current-context"] = name;
        config["apiVersion"] ??= "v1";
        config["kind"] ??= "Config";
        file.Write(Yaml.Write(config));
        return file;
    }

    /// <summary>Takes the cluster out, unless another has taken its place meanwhile; a file with nothing else in it goes.</summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public void Remove()
    {
        if (!File.Exists(path))
        {
            return;
        }

        var config = Read();
        var cluster = Entries(config, "clusters").OfType<JsonObject>().FirstOrDefault(c => (string?)c["name"] == name);
        if ((string?)cluster?["cluster"]?["server"] != server)
        {
            return;
        }

        TakeOut(config, [name]);
    }

    /// <summary>Takes out all clusters that processes served which have ended and cannot do so themselves.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasEnded">Whether the process of that id is one of them.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static void RemoveOf(string path, Func<int, bool> hasEnded)
    {
        var file = new KubeconfigFile(TargetOf(path), "", "");
        if (!File.Exists(file.path))
        {
            return;
        }

        var config = file.Read();
        var names = Contexts(config).Where(c => ProcessOf(c) is { } process && hasEnded(process)).Select(c => c["name"]!.ToString()).ToList();
        if (names.Count > 0)
        {
            file.TakeOut(config, names);
        }
    }

    private void TakeOut(JsonObject config, IReadOnlyList<string> names)
    {
        foreach (var list in Lists)
        {
            foreach (var gone in names)
            {
                Drop(Entries(config, list), gone);
            }
        }

        if (Lists.All(list => Entries(config, list).Count == 0))
        {
            File.Delete(path);
            return;
        }

        if (names.Contains((string?)config["current-context"] ?? ""))
        {
            config["current-context"] = Successor(config);
        }

        Write(Yaml.Write(config));
    }

    /// <summary>The context that was current before, or the latest other cluster of a notebook; never one that somebody else has put there, whose cluster may be a real one.</summary>
    private string Successor(JsonObject config)
    {
        var left = Contexts(config).ToList();
        return (left.Find(c => (string?)c["name"] == contextBefore) ?? left.FindLast(c => ProcessOf(c) is not null))?["name"]?.ToString() ?? "";
    }

    private static IEnumerable<JsonObject> Contexts(JsonObject config) => Entries(config, "contexts").OfType<JsonObject>().Where(c => c["name"] is JsonValue);

    private static int? ProcessOf(JsonObject entry) =>
        (entry["context"]?["extensions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(e => (string?)e["name"] == KubeconfigText.ProcessExtension)?["extension"]?["id"] is JsonValue id
            && int.TryParse(id.ToString(), CultureInfo.InvariantCulture, out var process) ? process : null;

    // What is moved into place must not replace a link to the file.
    private static string TargetOf(string path) =>
        File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;

    private static string Server(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static JsonArray Entries(JsonObject config, string list)
    {
        if (config[list] is not JsonArray entries)
        {
            config[list] = entries = [];
        }

        return entries;
    }

    private static void Drop(JsonArray entries, string name)
    {
        foreach (var entry in entries.OfType<JsonObject>().Where(e => e["name"] is JsonValue value && IsOf(value.ToString(), name)).ToList())
        {
            entries.Remove(entry);
        }
    }

    private static bool IsOf(string entry, string name) => entry == name || entry.EndsWith($"@{name}", StringComparison.Ordinal);

    private JsonObject Read()
    {
        try
        {
            return Yaml.Read(File.ReadAllText(path), path) switch
            {
                null => [],
                JsonObject config when config["kind"] is null || config["kind"]!.ToString() == "Config" => config,
                _ => throw new IOException($"{path} is no kubeconfig: name another file, so that it is not lost."),
            };
        }
        catch (YamlSyntaxException wrong)
        {
            throw new IOException($"{path} is no kubeconfig ({wrong.Message}): name another file, so that it is not lost.", wrong);
        }
    }

    // Written beside and moved into place: whoever reads meanwhile finds the old file or the new one, never a part.
    private void Write(string text)
    {
        var beside = $"{path}.kubelab-new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.Exists(path) ? File.GetUnixFileMode(path) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new StreamWriter(beside, options))
        {
            file.Write(text);
        }

        File.Move(beside, path, overwrite: true);
    }
}
