using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Kernel;

/// <summary>Outputs as the content of messages.</summary>
internal static class OutputContent
{
    public static JsonObject Data(MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach (var entry in bundle.Entries)
        {
            data[entry.MimeType] = entry.IsJson ? Json(entry.Text) : JsonValue.Create(entry.Text);
        }

        return data;
    }

    public static JsonObject Display(DisplayOutput output) => new()
    {
        ["data"] = Data(output.Data),
        ["metadata"] = new JsonObject(),
        ["transient"] = output.DisplayId is null ? new JsonObject() : new JsonObject { ["display_id"] = output.DisplayId },
    };

    public static JsonObject Result(ResultOutput output) => new()
    {
        ["execution_count"] = output.ExecutionCount,
        ["data"] = Data(output.Data),
        ["metadata"] = new JsonObject(),
    };

    public static JsonObject Error(ErrorOutput error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // What calls itself JSON and is none is still worth showing.
            return JsonValue.Create(text);
        }
    }
}
