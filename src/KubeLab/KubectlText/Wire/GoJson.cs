using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;

namespace KubeLab.KubectlText.Wire;

/// <summary>Prints JSON as upstream does.</summary>
internal static class GoJson
{
    /// <summary>Reads JSON; null when it is none.</summary>
    public static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="GoJsonText.Compact"/>
    public static string Compact(JsonNode? node, bool isSorted = true) => GoJsonText.Compact(node, isSorted);

    /// <inheritdoc cref="GoJsonText.Indented"/>
    public static string Indented(JsonNode? node, bool isSorted = true) => GoJsonText.Indented(node, isSorted);
}
