using System.Text.Json.Nodes;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Asking;

/// <summary>Events as <c>kubectl events -o json</c> prints them: read into its own types, so that fields come in their order and none of its plain ones is left out.</summary>
internal static class EventObjects
{
    private static readonly string[] Fields =
    [
        "kind", "apiVersion", "metadata", "involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "count", "type", "eventTime",
        "series", "action", "related", "reportingComponent", "reportingInstance",
    ];

    private static readonly string[] Always = ["firstTimestamp", "lastTimestamp", "eventTime"];

    public static JsonNode List(IEnumerable<Json> events) => new JsonObject
    {
        ["kind"] = "EventList",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. events.Select(One)]),
    };

    private static JsonNode One(Json e)
    {
        var made = new JsonObject { ["kind"] = "Event", ["apiVersion"] = "v1" };
        foreach (var field in Fields.Skip(2).Where(field => e[field].Exists || Always.Contains(field)))
        {
            made[field] = e[field].Node?.DeepClone();
        }

        made["reportingComponent"] ??= "";
        made["reportingInstance"] ??= "";

        return made;
    }
}
