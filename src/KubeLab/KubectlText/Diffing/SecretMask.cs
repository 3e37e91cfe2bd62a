using System.Text.Json.Nodes;

namespace KubeLab.KubectlText.Diffing;

/// <summary>Hides what secrets hold, and still shows which of their values differ.</summary>
internal static class SecretMask
{
    private const string Same = "***";

    /// <summary>Masks both sides; the objects are changed.</summary>
    public static void Apply(JsonNode? before, JsonNode? after)
    {
        var (left, right) = (Data(before), Data(after));
        foreach (var key in left.Select(f => f.Key).Union(right.Select(f => f.Key)).ToList())
        {
            var (old, now) = (left[key], right[key]);
            var differs = old is not null && now is not null && !JsonNode.DeepEquals(old, now);
            if (old is not null)
            {
                left[key] = differs ? $"{Same} (before)" : Same;
            }

            if (now is not null)
            {
                right[key] = differs ? $"{Same} (after)" : Same;
            }
        }
    }

    private static JsonObject Data(JsonNode? secret) => secret?["data"] as JsonObject ?? [];
}
