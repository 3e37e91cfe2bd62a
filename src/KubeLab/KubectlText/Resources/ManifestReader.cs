using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Yaml;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Resources;

/// <summary>Reads objects from <c>-f</c>: the text that was handed over, files, or folders.</summary>
internal static class ManifestReader
{
    private static readonly string[] Extensions = [".json", ".yaml", ".yml"];

    /// <summary>Whether there is something to read.</summary>
    public static bool IsAsked(Arguments arguments) => arguments.Has("filename") || arguments.Text("kustomize").Length > 0;

    /// <exception cref="Failure">A file is missing or cannot be read; the message is kubectl's.</exception>
    public static List<Info> Read(Session session, Arguments arguments)
    {
        if (arguments.Text("kustomize").Length > 0)
        {
            throw Failure.Error("-k is not offered here; write the YAML out and pass it with -f");
        }

        var infos = new List<Info>();
        foreach (var file in arguments.List("filename"))
        {
            foreach (var (source, text) in Texts(session, file, arguments.Bool("recursive")))
            {
                session.Try(() => ReadText(session, source, text, arguments.Text("validate") is "false" or "ignore", infos));
            }
        }

        return infos;
    }

    private static IEnumerable<(string Source, string Text)> Texts(Session session, string file, bool recursive)
    {
        if (file == "-")
        {
            return [("STDIN", session.Stdin ?? throw Failure.Error("-f - reads the text that is passed beside the line: Kubectl(\"apply -f -\", yaml)"))];
        }

        if (file.StartsWith("http://", StringComparison.Ordinal) || file.StartsWith("https://", StringComparison.Ordinal))
        {
            throw Failure.Error($"the lab works without a network; download {file} and pass the file");
        }

        if (Directory.Exists(file))
        {
            return Directory.EnumerateFiles(file, "*", recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
                .Where(path => Extensions.Contains(Path.GetExtension(path)))
                .Order(StringComparer.Ordinal)
                .Select(path => (path, File.ReadAllText(path)));
        }

        return File.Exists(file) ? [(file, File.ReadAllText(file))] : throw Failure.Error($"the path \"{file}\" does not exist");
    }

    private static void ReadText(Session session, string source, string text, bool isUnchecked, List<Info> infos)
    {
        IReadOnlyList<YamlDocument> documents;
        try
        {
            documents = Yaml.ReadDocuments(text, source);
        }
        catch (YamlSyntaxException wrong)
        {
            throw Failure.Error($"error parsing {source}: {wrong.Message}");
        }

        foreach (var document in documents)
        {
            session.Try(() => RequireObject(document.Root, source));
            foreach (var item in document.Root is JsonObject ? ItemsOf(document.Root) : [])
            {
                session.Try(() =>
                {
                    RequireObject(item, source);
                    infos.Add(InfoOf(session, item, source, isUnchecked));
                });
            }
        }
    }

    private static void RequireObject(JsonNode? node, string source)
    {
        if (node is not JsonObject)
        {
            var word = node?.GetValueKind() switch
            {
                JsonValueKind.Array => "array",
                JsonValueKind.Number => "number",
                JsonValueKind.True or JsonValueKind.False => "bool",
                _ => "string",
            };
            throw Failure.Error($"unable to decode \"{source}\": json: cannot unmarshal {word} into Go value of type unstructured.detector");
        }
    }

    private static IEnumerable<JsonNode> ItemsOf(JsonNode root) =>
        root["items"] is JsonArray items && new Json(root)["kind"].Text.EndsWith("List", StringComparison.Ordinal)
            ? items.OfType<JsonNode>().Select(item => item.DeepClone())
            : [root];

    private static Info InfoOf(Session session, JsonNode obj, string source, bool isUnchecked)
    {
        var json = new Json(obj);
        var (apiVersion, kind) = (json["apiVersion"].Text, json["kind"].Text);
        if (apiVersion.Length == 0 || kind.Length == 0)
        {
            if (isUnchecked && kind.Length == 0)
            {
                throw Failure.Error($"unable to decode \"{source}\": Object 'Kind' is missing in '{GoJson.Compact(obj)}'");
            }

            var missing = (apiVersion.Length, kind.Length) switch
            {
                (0, 0) => "[apiVersion not set, kind not set]",
                (0, _) => "apiVersion not set",
                _ => "kind not set",
            };
            throw Failure.Error($"error validating \"{source}\": error validating data: {missing}; "
                + "if you choose to ignore these errors, turn validation off with --validate=false");
        }

        var metadata = json["metadata"];
        var (name, ns) = (metadata["name"].Text, metadata["namespace"].Text);
        var resource = session.Discovery.OfKind(apiVersion, kind) ?? throw Failure.Error(
            $"resource mapping not found for name: \"{name}\" namespace: \"{ns}\" from \"{source}\": "
            + $"no matches for kind \"{kind}\" in version \"{apiVersion}\"\nensure CRDs are installed first");
        return new(resource, NamespaceOf(session, resource, obj, ns), name, obj, source);
    }

    /// <summary>Puts the namespace of the command into an object that names none.</summary>
    private static string? NamespaceOf(Session session, ApiResource resource, JsonNode obj, string ns)
    {
        if (!resource.Namespaced)
        {
            return null;
        }

        if (ns.Length > 0)
        {
            return ns == session.Namespace || !session.IsNamespaceGiven ? ns : throw Failure.Error(
                $"the namespace from the provided object \"{ns}\" does not match the namespace \"{session.Namespace}\". "
                + $"You must pass '--namespace={ns}' to perform this operation.");
        }

        if (obj["metadata"] is not JsonObject metadata)
        {
            obj["metadata"] = metadata = [];
        }

        metadata["namespace"] = session.Namespace;
        return session.Namespace;
    }
}
