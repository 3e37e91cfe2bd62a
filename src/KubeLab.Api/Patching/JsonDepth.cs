using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>How deep a tree nests: small patches can make it deeper than any text that is read.</summary>
public static class JsonDepth
{
    /// <summary>Whether no part of <paramref name="node"/> lies within more than <paramref name="depthMax"/> objects and lists.</summary>
    public static bool IsWithin(JsonNode? node, int depthMax) => node switch
    {
        JsonObject or JsonArray when depthMax == 0 => false,
        JsonObject map => map.All(p => IsWithin(p.Value, depthMax - 1)),
        JsonArray list => list.All(e => IsWithin(e, depthMax - 1)),
        _ => true,
    };
}
