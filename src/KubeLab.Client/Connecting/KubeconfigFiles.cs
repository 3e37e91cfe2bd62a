using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;

namespace KubeLab.Client.Connecting;

/// <summary>Several kubeconfig files read as one: of entries with the same name the first file's counts, and paths count from their own file.</summary>
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

    /// <summary>Whether nothing was read, or nothing stood in what was read.</summary>
    public bool IsEmpty => entries.Count == 0 && CurrentContext is null;

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

    /// <summary>The entry called <paramref name="name"/>, or null.</summary>
    public KubeconfigEntry? Find(string list, string name) => entries.GetValueOrDefault((list, name));

    /// <summary>The names in a list, in ordinal order.</summary>
    public IReadOnlyList<string> Known(string list) =>
        [.. entries.Keys.Where(k => k.List == list).Select(k => k.Name).Order(StringComparer.Ordinal)];

    private void Collect(string path, JsonObject root, string list, string one)
    {
        if (root[list] is not { } node)
        {
            return;
        }

        if (node is not JsonArray items)
        {
            throw new KubeconfigException(path, list, "must be a list");
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not JsonObject item || item["name"] is not JsonValue name || name.GetValueKind() != JsonValueKind.String)
            {
                throw new KubeconfigException(path, $"{list}[{i}].name", "must be a text");
            }

            var text = name.GetValue<string>();
            var fields = item[one] switch
            {
                null => [],
                JsonObject map => map,
                _ => throw new KubeconfigException(path, $"{list}[{text}].{one}", "must be an object"),
            };
            entries.TryAdd((list, text), new KubeconfigEntry(path, $"{list}[{text}].{one}", fields));
        }
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return Yaml.Read(File.ReadAllText(path), path) switch
            {
                null => [],
                JsonObject map => map,
                _ => throw new KubeconfigException(path, "", "is not a kubeconfig, which has clusters, users and contexts"),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or YamlSyntaxException)
        {
            throw new KubeconfigException(path, "", e.Message, e);
        }
    }
}
