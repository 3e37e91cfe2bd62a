using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Getting;

/// <summary>The table that kubectl makes itself when the server sends objects: names and ages.</summary>
internal static class PlainTable
{
    public static JsonNode Of(JsonNode answer, DateTimeOffset now)
    {
        var items = new Json(answer)["items"] is { Exists: true } list ? list.Items : [answer];
        var rows = items.Select(item => (JsonNode)new JsonObject
        {
            ["cells"] = new JsonArray(item["metadata"]["name"].Text, AgeOf(item, now)),
            ["object"] = item.Node?.DeepClone(),
        });
        return new JsonObject
        {
            ["kind"] = "Table",
            ["metadata"] = answer["metadata"]?.DeepClone(),
            ["columnDefinitions"] = new JsonArray(Column("Name", "name"), Column("Age", "")),
            ["rows"] = new JsonArray([.. rows]),
        };
    }

    private static string AgeOf(Json item, DateTimeOffset now) =>
        item["metadata"]["creationTimestamp"].Time is { } created ? HumanDuration.Format(now - created) : "<unknown>";

    private static JsonObject Column(string name, string format) => new() { ["name"] = name, ["type"] = "string", ["format"] = format, ["priority"] = 0 };
}
