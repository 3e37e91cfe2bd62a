using System.Text.Json.Nodes;
using KubeLab.Api;

namespace KubeLab.KubectlText.Wire;

/// <summary>Prints JSON as upstream does.</summary>
internal static class GoJson
{
    /// <inheritdoc cref="GoJsonText.Compact"/>
    public static string Compact(JsonNode? node) => GoJsonText.Compact(node);

    /// <inheritdoc cref="GoJsonText.Indented"/>
    public static string Indented(JsonNode? node, bool isSorted = true) => GoJsonText.Indented(node, isSorted);
}
