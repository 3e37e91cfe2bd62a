using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Cache;

/// <summary>Nodes in turns: one of each zone, then the next of each zone, so that the first so many are of all zones.</summary>
/// <remarks>Upstream: scheduler/backend/cache node_tree.go.</remarks>
internal static class ZoneOrder
{
    public static List<NodeInfo> Of(IReadOnlyList<NodeInfo> nodes)
    {
        var zones = new OrderedDictionary<string, Queue<NodeInfo>>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var labels = node.Node!.Metadata.Labels;
            var zone = $"{labels["topology.kubernetes.io/region"]}:\0:{labels["topology.kubernetes.io/zone"]}";
            if (!zones.TryGetValue(zone, out var queue))
            {
                zones.Add(zone, queue = new());
            }

            queue.Enqueue(node);
        }

        var order = new List<NodeInfo>(nodes.Count);
        while (order.Count < nodes.Count)
        {
            foreach (var queue in zones.Values)
            {
                if (queue.TryDequeue(out var node))
                {
                    order.Add(node);
                }
            }
        }

        return order;
    }
}
