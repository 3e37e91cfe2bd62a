using System.Text.Json.Nodes;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>Lays an applied configuration over the stored object, and takes away what its applier no longer wants.</summary>
/// <remarks>Upstream: structured-merge-diff's typed/merge.go and merge/update.go.</remarks>
internal static class AppliedMerge
{
    /// <summary>A copy of <paramref name="live"/> with all that <paramref name="config"/> says.</summary>
    public static JsonNode Merge(JsonNode? live, JsonNode config, FieldShape shape)
    {
        var (before, wanted) = (FieldChildren.Of(live, shape), FieldChildren.Of(config, shape));
        if (before is null || wanted is null)
        {
            return config.DeepClone();
        }

        return live is JsonObject map ? MergeMaps(map, wanted) : MergeLists(before, wanted);
    }

    /// <summary>Takes what is in <paramref name="last"/>, and which nobody owns now, out of <paramref name="node"/>.</summary>
    public static void Prune(JsonNode node, FieldShape shape, FieldSet last, FieldSet? owned)
    {
        foreach (var child in FieldChildren.Of(node, shape) ?? [])
        {
            if (last.Find(child.Key) is not { } mine)
            {
                continue;
            }

            var still = owned?.Find(child.Key);
            var goesWhole = still is null && (mine.IsMember || child.Shape.IsStruct);
            if (!goesWhole)
            {
                Prune(child.Value, child.Shape, mine, still);
            }

            if (goesWhole || (still is null && IsBare(child.Value)))
            {
                Remove(node, child);
            }
        }
    }

    private static bool IsBare(JsonNode node) => node is JsonObject { Count: 0 } or JsonArray { Count: 0 };

    private static void Remove(JsonNode node, in FieldChild child)
    {
        if (node is JsonObject map)
        {
            map.Remove(child.Key[2..]);
        }
        else
        {
            node.AsArray().Remove(child.Value);
        }
    }

    private static JsonObject MergeMaps(JsonObject live, List<FieldChild> wanted)
    {
        var result = (JsonObject)live.DeepClone();
        foreach (var child in wanted)
        {
            var name = child.Key[2..];
            result[name] = Merge(live[name], child.Value, child.Shape);
        }

        return result;
    }

    /// <summary>The configuration's order wins among what it names; what it does not name keeps its place behind what it followed.</summary>
    private static JsonArray MergeLists(List<FieldChild> live, List<FieldChild> wanted)
    {
        var present = live.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        var named = wanted.Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        var result = new JsonArray();
        var (l, w) = (0, 0);
        while (l < live.Count || w < wanted.Count)
        {
            if (l < live.Count && (!named.Contains(live[l].Key) || written.Contains(live[l].Key)))
            {
                if (written.Add(live[l].Key))
                {
                    result.Add(live[l].Value.DeepClone());
                }

                l++;
            }
            else
            {
                var child = wanted[w++];
                written.Add(child.Key);
                result.Add(Merge(present.GetValueOrDefault(child.Key), child.Value, child.Shape));
            }
        }

        return result;
    }
}
