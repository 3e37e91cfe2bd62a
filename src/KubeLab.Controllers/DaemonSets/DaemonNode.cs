using KubeLab.Api.Core;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>One node as a daemon set sees it.</summary>
/// <param name="Name">The node.</param>
/// <param name="Exists">Whether there is such a node; pods may be left of one that is gone.</param>
/// <param name="Runs">Whether it should have a pod.</param>
/// <param name="Stays">Whether a pod that it has may stay.</param>
/// <param name="Pods">The set's pods on it or meant for it, scheduled ones first, then the oldest.</param>
public readonly record struct DaemonNode(string Name, bool Exists, bool Runs, bool Stays, IReadOnlyList<Pod> Pods)
{
    /// <summary>The nodes in their order, then those that are gone and have left pods.</summary>
    /// <param name="template">Says which nodes it suits.</param>
    /// <param name="nodes">The nodes that there are.</param>
    /// <param name="pods">The set's pods.</param>
    public static IReadOnlyList<DaemonNode> All(DaemonTemplate template, IReadOnlyCollection<Node> nodes, IEnumerable<Pod> pods)
    {
        var byNode = new Dictionary<string, List<Pod>>(nodes.Count, StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            var hasGone = pod.Metadata.DeletionTimestamp is not null && pod.Status.Phase is "Succeeded" or "Failed";
            if (!hasGone && DaemonAffinity.NodeOf(pod) is { } name)
            {
                if (!byNode.TryGetValue(name, out var there))
                {
                    byNode.Add(name, there = []);
                }

                there.Add(pod);
            }
        }

        var all = new List<DaemonNode>(nodes.Count);
        foreach (var node in nodes)
        {
            var name = node.Metadata.Name ?? "";
            var (runs, stays) = template.Suits(node);
            all.Add(new(name, Exists: true, runs, stays, byNode.Remove(name, out var there) ? Sorted(there) : []));
        }

        all.AddRange(byNode.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => new DaemonNode(n.Key, false, false, false, Sorted(n.Value))));
        return all;
    }

    private static List<Pod> Sorted(List<Pod> pods)
    {
        if (pods.Count > 1)
        {
            pods.Sort(static (left, right) =>
            {
                var order = string.IsNullOrEmpty(left.Spec.NodeName).CompareTo(string.IsNullOrEmpty(right.Spec.NodeName));
                order = order != 0 ? order : Nullable.Compare(left.Metadata.CreationTimestamp?.Instant, right.Metadata.CreationTimestamp?.Instant);
                return order != 0 ? order : string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name);
            });
        }

        return pods;
    }
}
