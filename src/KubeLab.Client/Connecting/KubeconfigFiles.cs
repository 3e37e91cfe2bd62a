using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;

namespace KubeLab.Client.Connecting;

/// <summary>Several kubeconfig files read as one: of entries with the same name the first file's counts.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">
/// Organizing cluster access
/// </seealso>
internal sealed class KubeconfigFiles
{
    private readonly Dictionary<(string List, string Name), KubeconfigEntry> entries = [];
    private readonly List<string> files = [];

    /// <summary>The context to use when none is named; null when no file says.</summary>
    public string? CurrentContext { get; private set; }

    /// <summary>The files that were read, for messages.</summary>
    public string Names => string.Join(Path.PathSeparator, files);

    /// <summary>Whether anything was read.</summary>
    public bool IsEmpty => files.Count == 0;

    /// <summary>The files that kubectl would read: those of <c>KUBECONFIG</c>, or <c>~/.kube/config</c>.</summary>
    public static IReadOnlyList<string> UsualPaths()
    {
        var list = Environment.GetEnvironmentVariable("KUBECONFIG");
        return string.IsNullOrEmpty(list)
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")]
            : [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }

    /// <summary>Reads one file more.</summary>
    /// <exception cref="KubeconfigException">It cannot be read.</exception>
    public void Read(string path)
    {
        files.Add(path);
        var root = Parse(path);
        CurrentContext ??= root["current-context"] is JsonValue current && current.GetValueKind() == JsonValueKind.String
            && current.GetValue<string>() is { Length: > 0 } name ? name : null;
        foreach (var (list, one) in new[] { ("clusters", "cluster"), ("users", "user"), ("contexts", "context") })
        {
            Collect(path, root, list, one);
        }
    }

    /// <summary>The entry called <paramref name="name"/>; the error names <paramref name="asker"/>, the field that asks for it.</summary>
    public KubeconfigEntry Find(string list, string name, string asker) => entries.TryGetValue((list, name), out var entry)
        ? entry
        : throw new KubeconfigException(Names, asker, $"there is no \"{name}\" among the {list}; there is: {Known(list)}");

    private string Known(string list)
    {
        var names = entries.Keys.Where(k => k.List == list).Select(k => k.Name).Order(StringComparer.Ordinal);
        return string.Join(", ", names.DefaultIfEmpty("none"));
    }

    private void Collect(string path, JsonObject root, string list, string one)
    {
        if (root[list] is not JsonArray items)
        {
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not JsonObject item || item["name"] is not JsonValue name || name.GetValueKind() != JsonValueKind.String)
            {
                throw new KubeconfigException(path, $"{list}[{i}].name", "must be a text");
            }

            var text = name.GetValue<string>();
            entries.TryAdd((list, text), new KubeconfigEntry(path, $"{list}[{text}].{one}", item[one] as JsonObject ?? []));
        }
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return Yaml.Read(File.ReadAllText(path), path) as JsonObject
                ?? throw new KubeconfigException(path, "", "is empty; a kubeconfig has clusters, users and contexts");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or YamlSyntaxException)
        {
            throw new KubeconfigException(path, "", e.Message, e);
        }
    }
}
