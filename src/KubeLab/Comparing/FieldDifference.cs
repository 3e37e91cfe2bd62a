using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Comparing;

/// <summary>The fields in which two JSON values differ, as paths.</summary>
internal static class FieldDifference
{
    private const int ValueLengthMax = 60;

    /// <summary>A line per field, such as <c>spec.replicas: 3 → 5</c>; when there are more than <paramref name="max"/>, the last line counts the rest.</summary>
    public static IReadOnlyList<string> Between(JsonNode one, JsonNode other, int max)
    {
        var lines = new List<string>();
        Walk(one, other, "", lines);
        return lines.Count <= max ? lines : [.. lines.Take(max), string.Create(CultureInfo.InvariantCulture, $"and {lines.Count - max} more fields")];
    }

    private static void Walk(JsonNode? one, JsonNode? other, string path, List<string> lines)
    {
        switch (one, other)
        {
            case (JsonObject a, JsonObject b):
                foreach (var name in a.Select(p => p.Key).Union(b.Select(p => p.Key)))
                {
                    Walk(a[name], b[name], path.Length == 0 ? name : $"{path}.{name}", lines);
                }

                break;
            case (JsonArray a, JsonArray b):
                for (var i = 0; i < Math.Max(a.Count, b.Count); i++)
                {
                    Walk(i < a.Count ? a[i] : null, i < b.Count ? b[i] : null, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), lines);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(one, other))
                {
                    lines.Add($"{path}: {Text(one)} → {Text(other)}");
                }

                break;
        }
    }

    private static string Text(JsonNode? node)
    {
        var text = node is null ? "none" : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
        return text.Length <= ValueLengthMax ? text : string.Concat(text.AsSpan(0, ValueLengthMax - 1), "…");
    }
}
