using System.Globalization;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.Nodes.ScaleUp;

/// <summary>How many new nodes of one kind a set of pods needs: first fit, the largest pods first, with the scheduler's own filters.</summary>
/// <remarks>Upstream: estimator/binpacking_estimator.go.</remarks>
/// <param name="snapshot">The cluster; it is as before when an estimate is done.</param>
public sealed class BinpackingEstimator(ClusterSnapshot snapshot)
{
    /// <summary>Counts nodes.</summary>
    /// <param name="groups">The pods, each group of which fits an empty node.</param>
    /// <param name="template">What each new node is.</param>
    /// <param name="nodesMax">The most nodes that may be added.</param>
    /// <returns>How many nodes get pods, and those pods.</returns>
    public (int Nodes, IReadOnlyList<Pod> Pods) Estimate(IReadOnlyList<PodGroup> groups, NodeTemplate template, int nodesMax) =>
        snapshot.Trying(() => new Packing(snapshot, template, nodesMax).Pack(Largest(groups, template.Node)));

    /// <summary>The groups whose pods ask for the largest share of a node first.</summary>
    internal static IEnumerable<PodGroup> Largest(IReadOnlyList<PodGroup> groups, Node node) => groups.OrderByDescending(g => Score(g.Pods[0], node));

    private static double Score(Pod pod, Node node)
    {
        var (cpu, memory) = (0L, 0L);
        foreach (var container in pod.Spec.Containers)
        {
            cpu += container.Resources.Requests["cpu"]?.MilliValue ?? 0;
            memory += container.Resources.Requests["memory"]?.Value ?? 0;
        }

        return Share(cpu, node.Status.Allocatable["cpu"]?.MilliValue ?? 0) + Share(memory, node.Status.Allocatable["memory"]?.Value ?? 0);
    }

    private static double Share(long part, long whole) => whole > 0 ? part / (double)whole : 0;

    /// <summary>One estimate while it is made.</summary>
    private sealed class Packing(ClusterSnapshot snapshot, NodeTemplate template, int nodesMax)
    {
        private readonly List<NodeInfo> added = [];
        private readonly HashSet<string> used = new(StringComparer.Ordinal);
        private readonly List<Pod> placed = [];
        private int next;

        public (int Nodes, IReadOnlyList<Pod> Pods) Pack(IEnumerable<PodGroup> groups)
        {
            foreach (var group in groups)
            {
                var rest = FillAdded(group.Pods);
                AddFor(group.Pods.Skip(rest));
            }

            return (used.Count, placed);
        }

        /// <summary>Puts pods on nodes added before, until one fits none; returns how many went.</summary>
        private int FillAdded(IReadOnlyList<Pod> pods)
        {
            for (var i = 0; i < pods.Count; i++)
            {
                var trial = snapshot.Try(pods[i]);
                var at = Enumerable.Range(0, added.Count).Select(n => (next + n) % added.Count).FirstOrDefault(n => trial.Fits(added[n]), -1);
                if (at < 0)
                {
                    return i;
                }

                next = (at + 1) % added.Count;
                Put(pods[i], added[at]);
            }

            return pods.Count;
        }

        private void AddFor(IEnumerable<Pod> pods)
        {
            foreach (var pod in pods)
            {
                if (added.Count > 0 && snapshot.Try(pod).Fits(added[^1]))
                {
                    Put(pod, added[^1]);
                    continue;
                }

                // An empty node that does not take the pod: another one would not either.
                if ((added.Count > 0 && !used.Contains(added[^1].Name)) || added.Count >= nodesMax)
                {
                    return;
                }

                var fresh = template.Named(string.Create(CultureInfo.InvariantCulture, $"{template.Node.Metadata.Name}-e-{added.Count}"));
                added.Add(snapshot.AddNode(fresh.Node, fresh.Pods));

                // It can still be refused, for example by a spread over zones; then no node of this kind helps.
                if (!snapshot.Try(pod).Fits(added[^1]))
                {
                    return;
                }

                Put(pod, added[^1]);
            }
        }

        private void Put(Pod pod, NodeInfo node)
        {
            snapshot.Place(pod, node.Name);
            used.Add(node.Name);
            placed.Add(pod);
        }
    }
}
