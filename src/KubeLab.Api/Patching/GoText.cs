using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>Prints JSON as upstream's error messages do (Go's <c>%v</c>): <c>map[name:web ports:[80 443]]</c>.</summary>
public static class GoText
{
    /// <summary>A value as <c>%v</c> prints it.</summary>
    public static string Of(JsonNode? node) => node switch
    {
        null => "<nil>",
        JsonObject map => Of(map),
        JsonArray list => OfList(list),
        _ when node.GetValueKind() == JsonValueKind.String => node.GetValue<string>(),
        _ => node.ToJsonString(),
    };

    internal static string OfList(IEnumerable<JsonNode?> list) => $"[{string.Join(' ', list.Select(Of))}]";

    internal static string TypeOf(JsonNode? node) => node switch
    {
        null => "%!s(<nil>)",
        JsonObject => "map[string]interface {}",
        JsonArray => "[]interface {}",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "int64",
            _ => "bool",
        },
    };

    private static string Of(JsonObject map)
    {
        var fields = map.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}:{Of(field.Value)}");
        return $"map[{string.Join(' ', fields)}]";
    }
}
