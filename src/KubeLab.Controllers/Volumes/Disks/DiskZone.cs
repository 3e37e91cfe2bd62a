using KubeLab.Api.Core;
using KubeLab.Api.Storage;

namespace KubeLab.Controllers.Volumes.Disks;

/// <summary>In which zone a disk is made: it can be reached from there only.</summary>
public static class DiskZone
{
    /// <summary>The label that says a node's zone.</summary>
    public const string Label = "topology.kubernetes.io/zone";

    /// <summary>The zone of the node that was chosen for the claim's pod; without one any zone that the class allows, spread by the claim's name.</summary>
    /// <param name="claimName">The claim; the claims of a stateful set end in a number, and go to one zone after the other.</param>
    /// <param name="selected">The chosen node, or null.</param>
    /// <param name="sort">The class.</param>
    /// <param name="nodes">All nodes.</param>
    public static string? Of(string claimName, Node? selected, StorageClass sort, IEnumerable<Node> nodes)
    {
        if (selected is not null)
        {
            return selected.Metadata.Labels[Label];
        }

        var allowed = Allowed(sort);
        var zones = nodes.Select(n => n.Metadata.Labels[Label]).OfType<string>().Where(z => allowed.Count == 0 || allowed.Contains(z))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return zones.Count == 0 ? allowed.FirstOrDefault() : zones[(int)(Spread(claimName) % (uint)zones.Count)];
    }

    private static List<string> Allowed(StorageClass sort)
    {
        var zones = new List<string>();
        foreach (var term in sort.AllowedTopologies)
        {
            if (term.Overflow?["matchLabelExpressions"] is not { ValueKind: System.Text.Json.JsonValueKind.Array } lines)
            {
                continue;
            }

            foreach (var line in lines.EnumerateArray())
            {
                if (line.TryGetProperty("key", out var key) && key.GetString() == Label && line.TryGetProperty("values", out var values))
                {
                    zones.AddRange(values.EnumerateArray().Select(v => v.GetString()!));
                }
            }
        }

        return zones;
    }

    private static uint Spread(string name)
    {
        var dash = name.LastIndexOf('-');
        var ordinal = dash >= 0 && uint.TryParse(name.AsSpan(dash + 1), out var number) ? number : 0;
        var hash = 2166136261u;
        foreach (var letter in ordinal > 0 || name.EndsWith("-0", StringComparison.Ordinal) ? name[..dash] : name)
        {
            hash = unchecked((hash ^ letter) * 16777619);
        }

        return unchecked(hash + ordinal);
    }
}
