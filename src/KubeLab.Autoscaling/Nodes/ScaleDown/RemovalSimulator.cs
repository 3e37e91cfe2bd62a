using KubeLab.Api.Core;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>Takes nodes out of the cluster in thought, to see whether their pods find a place elsewhere.</summary>
/// <remarks>Upstream: simulator/cluster.go.</remarks>
/// <param name="snapshot">The cluster. A removal that succeeds stays in it, so that the next one finds the room taken.</param>
/// <param name="rules">What may be done with pods.</param>
public sealed class RemovalSimulator(ClusterSnapshot snapshot, DrainRules rules)
{
    private readonly HintedPlacing placing = new(snapshot);

    /// <summary>Tries one node; one of the two results is null.</summary>
    /// <param name="node">Its name.</param>
    /// <param name="destinations">Nodes that may take pods.</param>
    /// <param name="budgets">What budgets still allow.</param>
    /// <param name="now">The present.</param>
    public (RemovableNode? Removable, UnremovableNode? Unremovable) Simulate(string node, IReadOnlySet<string> destinations, RemainingBudgets budgets, DateTimeOffset now)
    {
        if (snapshot.Find(node) is not { } info)
        {
            return (null, new UnremovableNode(node, UnremovableReason.UnexpectedError, Detail: "it is not in the snapshot"));
        }

        if (PodsToMove(rules, info, budgets, now, out var pods, out var daemons) is { } blocker)
        {
            return (null, new UnremovableNode(node, UnremovableReason.BlockedByPod, blocker));
        }

        snapshot.Fork();
        foreach (var pod in pods)
        {
            snapshot.RemovePod(Api.ObjectKey.Of(pod), node);
        }

        // The node stays as one that takes no pods, as it will while it is drained: spreads go on counting its zone.
        snapshot.AddNode(AutoscalerTaints.MarkToBeDeleted(info.Node!, now, cordon: false));
        placing.Place(pods, n => n.Name != node && destinations.Contains(n.Name), untilOneFails: true, out var homeless);
        if (homeless is not null)
        {
            snapshot.Revert();
            return (null, new UnremovableNode(node, UnremovableReason.NoPlaceToMovePods, Detail: $"{homeless.Metadata.Namespace}/{homeless.Metadata.Name}"));
        }

        snapshot.Commit();
        return (new RemovableNode(info.Node!, pods, daemons), null);
    }

    /// <summary>Forgets where pods went in earlier rounds.</summary>
    public void DropOldHints() => placing.DropOldHints();

    /// <summary>Sorts a node's pods; returns the first that keeps it from going, or null.</summary>
    internal static BlockingPod? PodsToMove(DrainRules rules, NodeInfo node, RemainingBudgets budgets, DateTimeOffset now, out List<Pod> pods, out List<Pod> daemons)
    {
        (pods, daemons) = ([], []);
        foreach (var pod in node.Pods.Select(p => p.Pod))
        {
            var verdict = rules.Judge(pod, budgets, now);
            if (verdict.Blocker is { } blocker)
            {
                return blocker;
            }

            if (verdict.Outcome == DrainOutcome.Drain)
            {
                pods.Add(pod);
            }
            else if (PodTraits.IsDaemon(pod))
            {
                daemons.Add(pod);
            }
        }

        return budgets.FirstRefused(pods, out _) is { } refused
            ? new BlockingPod(refused, BlockingPodReason.NotEnoughPdb, $"not enough pod disruption budget to move {refused.Metadata.Namespace}/{refused.Metadata.Name}")
            : null;
    }
}

/// <summary>A node that could go.</summary>
/// <param name="Node">The node.</param>
/// <param name="Pods">Those of its pods that find a place elsewhere.</param>
/// <param name="DaemonPods">Its daemon pods, which go with it.</param>
public sealed record RemovableNode(Node Node, IReadOnlyList<Pod> Pods, IReadOnlyList<Pod> DaemonPods)
{
    /// <summary>Whether budgets will make some of its pods wait for others.</summary>
    public bool IsRisky { get; init; }
}
