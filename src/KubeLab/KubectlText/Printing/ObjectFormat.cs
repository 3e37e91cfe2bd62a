using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Paths;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Printing;

/// <summary>A way to print whole objects: <c>-o yaml|json|name|jsonpath=…|custom-columns=…</c>.</summary>
internal sealed class ObjectFormat
{
    private const string Formats = "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml";

    private readonly Func<JsonNode, bool, string> print;
    private readonly bool showsManagedFields;

    private ObjectFormat(Func<JsonNode, bool, string> print, bool showsManagedFields)
    {
        this.print = print;
        this.showsManagedFields = showsManagedFields;
    }

    /// <summary>Whether each object has a line of its own, so that a list is taken apart.</summary>
    public bool IsName { get; private init; }

    /// <summary>The columns, when the objects become the lines of a table.</summary>
    public CustomColumns? Columns { get; private init; }

    /// <summary>Reads <c>-o</c>; null for tables and for the usual one-line messages.</summary>
    /// <exception cref="Failure">The format is unknown, or asks for what is not offered.</exception>
    public static ObjectFormat? Of(Arguments arguments)
    {
        var output = arguments.Text("output");
        var equals = output.IndexOf('=', StringComparison.Ordinal);
        var (format, template) = equals < 0 ? (output, arguments.Text("template")) : (output[..equals], output[(equals + 1)..]);
        var managed = arguments.Bool("show-managed-fields");
        var allowsMissing = arguments.Bool("allow-missing-template-keys");
        switch (format)
        {
            case "" or "wide":
                return null;
            case "json":
                return new((obj, isOwn) => GoJson.Indented(obj, isSorted: !isOwn), managed);
            case "yaml":
                return new((obj, _) => Yaml.Write(obj), managed);
            case "name":
                return new((obj, _) => NameOf(obj) + "\n", managed) { IsName = true };
            case "jsonpath" or "jsonpath-as-json":
                if (template.Length == 0)
                {
                    throw Failure.Error($"template format specified but no template given");
                }

                var path = JsonPath.Parse(template, allowsMissing);
                return format == "jsonpath"
                    ? new((obj, _) => path.Print(obj), true)
                    : new((obj, _) => GoJson.Indented(new JsonArray([.. path.Find(obj).Select(found => found?.DeepClone())])), true);
            case "custom-columns":
                return new((_, _) => "", true) { Columns = CustomColumns.Parse(template) };
            case "go-template" or "go-template-file" or "template" or "templatefile" or "jsonpath-file" or "custom-columns-file":
                throw Failure.Error($"-o {format} is not offered here; use -o jsonpath=… or -o custom-columns=…, or read the objects in C# with cluster.Api");
            default:
                throw Failure.Error($"unable to match a printer suitable for the output format \"{output}\", allowed formats are: {Formats}");
        }
    }

    /// <summary>How names are written: <c>pod/web</c>, <c>deployment.apps/web</c>.</summary>
    public static string NameOf(Json obj)
    {
        var apiVersion = obj["apiVersion"].Text;
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var kind = obj["kind"].Text.ToLowerInvariant();
        return $"{(slash < 0 ? kind : $"{kind}.{apiVersion[..slash]}")}/{obj["metadata"]["name"].Text}";
    }

    /// <summary>Prints an object.</summary>
    /// <param name="obj">The object; not changed.</param>
    /// <param name="isOwn">Whether kubectl made it itself.</param>
    /// <param name="yamlSeparator">Whether another document came before in the same output.</param>
    public string Print(JsonNode obj, bool isOwn = false, bool yamlSeparator = false)
    {
        var shown = showsManagedFields ? obj : WithoutManagedFields(obj);
        var text = print(shown, isOwn);
        return yamlSeparator ? $"---\n{text}" : text;
    }

    private static JsonNode WithoutManagedFields(JsonNode obj)
    {
        var copy = obj.DeepClone();
        (copy["metadata"] as JsonObject)?.Remove("managedFields");
        foreach (var item in (copy["items"] as JsonArray) ?? [])
        {
            (item?["metadata"] as JsonObject)?.Remove("managedFields");
        }

        return copy;
    }
}
