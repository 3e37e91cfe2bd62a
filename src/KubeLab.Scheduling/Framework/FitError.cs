using System.Globalization;
using System.Text;

namespace KubeLab.Scheduling.Framework;

/// <summary>Why a pod fits no node: the verdict on each, and upstream's sentence about all of them.</summary>
public sealed class FitError(int nodes)
{
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> plugins = new(StringComparer.Ordinal);

    /// <summary>How many nodes there are.</summary>
    public int Nodes { get; } = nodes;

    /// <summary>The verdict by node, in the order of the nodes.</summary>
    public Dictionary<string, (string Plugin, Verdict Verdict)> ByNode { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the plugins that refused.</summary>
    public IReadOnlyCollection<string> Plugins => plugins;

    /// <summary>Why the nodes that were not asked are out, or empty.</summary>
    public string AbsentReason { get; private set; } = "";

    /// <summary>What preemption adds to the sentence, or empty.</summary>
    public string PostFilterMessage { get; set; } = "";

    /// <summary>What a plugin said of the pod before any node was asked, or empty.</summary>
    public string PreFilterMessage { get; set; } = "";

    /// <summary>Upstream's sentence: <c>0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.</c></summary>
    public string Message
    {
        get
        {
            var all = counts;
            if (AbsentReason.Length > 0 && Nodes > ByNode.Count)
            {
                all = new(counts, StringComparer.Ordinal);
                all[AbsentReason] = all.GetValueOrDefault(AbsentReason) + Nodes - ByNode.Count;
            }

            var text = new StringBuilder(Summary(Nodes, all, PreFilterMessage));
            return PostFilterMessage.Length == 0 ? text.ToString() : text.Append(' ').Append(PostFilterMessage).ToString();
        }
    }

    /// <summary>Notes what <paramref name="plugin"/> said of <paramref name="node"/>.</summary>
    public void Add(NodeInfo node, string plugin, Verdict verdict)
    {
        ByNode[node.Name] = (plugin, verdict);
        plugins.Add(plugin);
        foreach (var reason in verdict.Reasons)
        {
            counts[reason] = counts.GetValueOrDefault(reason) + 1;
        }
    }

    /// <summary>Notes what <paramref name="plugin"/> said of the pod itself.</summary>
    public void Refuse(string plugin, Verdict verdict)
    {
        plugins.Add(plugin);
        PreFilterMessage = string.Join(", ", verdict.Reasons.ToArray());
    }

    /// <summary>Notes that <paramref name="restricting"/> left only some nodes in play.</summary>
    public void Leave(IReadOnlyList<string> restricting)
    {
        plugins.UnionWith(restricting);
        AbsentReason = $"node(s) didn't satisfy plugin(s) [{string.Join(' ', restricting)}]";
    }

    /// <summary>Upstream's sentence about <paramref name="nodes"/> nodes, of which <paramref name="counts"/> had each reason; reasons sort as text.</summary>
    public static string Summary(int nodes, IEnumerable<KeyValuePair<string, int>> counts, string preFilter = "")
    {
        if (nodes == 0)
        {
            return "no nodes available to schedule pods";
        }

        var reasons = counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value} {c.Key}")).Order(StringComparer.Ordinal).ToList();
        var text = string.Create(CultureInfo.InvariantCulture, $"0/{nodes} nodes are available:");
        if (preFilter.Length > 0)
        {
            return $"{text} {preFilter}.";
        }

        return reasons.Count == 0 ? text : $"{text} {string.Join(", ", reasons)}.";
    }
}
