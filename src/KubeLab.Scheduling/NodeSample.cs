using KubeLab.Scheduling.Cache;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling;

/// <summary>Which nodes are looked at for a pod, in which order, and when enough of them fit.</summary>
/// <remarks>
/// By default all. With a percentage, upstream's sampling: nodes take turns between the zones, each search goes on where the last one stopped, and ends when enough nodes fit.
/// Upstream: numFeasibleNodesToFind and node_tree.go.
/// </remarks>
/// <param name="cache">The nodes.</param>
/// <param name="percentage">100 or more for all; 0 for upstream's share, which falls with the size of the cluster.</param>
internal sealed class NodeSample(SchedulerCache cache, int percentage)
{
    private const int NodesMin = 100;
    private const int PercentMin = 5;

    private int next;

    /// <summary>Whether all nodes are looked at.</summary>
    public bool IsAll => percentage >= 100;

    /// <summary>How many fitting nodes are enough of <paramref name="nodes"/>.</summary>
    public static int Enough(int nodes, int percentage)
    {
        if (nodes < NodesMin || percentage >= 100)
        {
            return nodes;
        }

        var percent = percentage > 0 ? percentage : Math.Max(PercentMin, 50 - (nodes / 125));
        return Math.Max(NodesMin, nodes * percent / 100);
    }

    public NodeSearch Begin(IReadOnlySet<string>? only)
    {
        if (only is not null)
        {
            List<NodeInfo> named = [.. only.Order(StringComparer.Ordinal).Select(cache.Find).OfType<NodeInfo>()];
            return new NodeSearch(named, 0, Enough(named.Count, percentage));
        }

        return IsAll
            ? new NodeSearch(cache.Nodes, 0, int.MaxValue)
            : new NodeSearch(cache.NodesByZone, next, Enough(cache.Nodes.Count, percentage));
    }

    public void End(NodeSearch search)
    {
        if (!IsAll && cache.Nodes.Count > 0)
        {
            next = (next + search.Looked) % cache.Nodes.Count;
        }
    }
}

/// <summary>One search through the nodes.</summary>
internal sealed class NodeSearch(IReadOnlyList<NodeInfo> nodes, int start, int wanted)
{
    /// <summary>How many fitting nodes end it.</summary>
    public int Wanted => wanted;

    /// <summary>How many nodes were looked at.</summary>
    public int Looked { get; private set; }

    public NodeInfo? Next() => Looked < nodes.Count ? nodes[(start + Looked++) % nodes.Count] : null;
}
