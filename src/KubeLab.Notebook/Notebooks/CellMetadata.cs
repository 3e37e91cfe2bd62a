using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Notebook.Notebooks;

/// <summary>The metadata that makes a notebook open cleanly in Jupyter, VS Code and Polyglot Notebooks.</summary>
internal static class CellMetadata
{
    private const string Notebook = """
        {"kernelspec":{"display_name":".NET (C#)","language":"C#","name":".net-csharp"},
         "language_info":{"name":"polyglot-notebook"},
         "polyglot_notebook":{"kernelInfo":{"defaultKernelName":"csharp","items":[{"aliases":[],"name":"csharp"}]}}}
        """;

    private const string Code = """{"dotnet_interactive":{"language":"csharp"},"polyglot_notebook":{"kernelName":"csharp"}}""";

    public static JsonElement Empty { get; } = Parse("{}");

    /// <summary>Metadata of a notebook; what belongs to the lab alone stands under <c>kubelab</c>, which other front ends ignore.</summary>
    public static JsonElement ForNotebook(JsonObject? lab) => With(Notebook, lab, []);

    public static JsonElement ForCode(JsonObject? lab = null, params IReadOnlyList<string> tags) => With(Code, lab, tags);

    public static JsonElement ForText(JsonObject? lab = null, params IReadOnlyList<string> tags) => With("{}", lab, tags);

    public static IReadOnlyList<string> Tags(JsonElement metadata) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? [.. tags.EnumerateArray().Select(tag => tag.ToString())]
            : [];

    /// <summary>The lab's own entry <paramref name="key"/>, or null.</summary>
    public static string? Lab(JsonElement metadata, string key) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("kubelab", out var lab)
            && lab.TryGetProperty(key, out var value)
            ? value.ToString()
            : null;

    private static JsonElement With(string json, JsonObject? lab, IReadOnlyList<string> tags)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        if (lab is { Count: > 0 })
        {
            node["kubelab"] = lab;
        }

        if (tags.Count > 0)
        {
            node["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]);
        }

        return Parse(node.ToJsonString());
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
