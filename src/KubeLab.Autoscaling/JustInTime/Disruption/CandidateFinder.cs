using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Autoscaling.JustInTime.Lifecycle;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Disruption;

/// <summary>Finds the nodes that nobody wants to keep: joined, not expected by pods, with no pod that must stay and no budget that is used up.</summary>
/// <remarks>Upstream: NewCandidate in pkg/controllers/disruption/types.go and ValidateNodeDisruptable.</remarks>
internal sealed class CandidateFinder(ClusterState state, IInstanceProvider provider, VirtualClock clock, KarpenterEvents events)
{
    /// <summary>Whether the last search left out a node that may be a candidate soon though nothing changes.</summary>
    public bool WaitsForTime { get; private set; }

    /// <summary>The candidates, cheapest to disrupt first.</summary>
    public IReadOnlyList<Candidate> Find()
    {
        WaitsForTime = false;
        return Sorted();
    }

    private IReadOnlyList<Candidate> Sorted() => [.. state.Claims.Values.Select(Of).OfType<Candidate>().OrderBy(c => c.Cost).ThenBy(c => c.Claim.Name, StringComparer.Ordinal)];

    /// <summary>The claim as a candidate; null when it may not be touched.</summary>
    public Candidate? Of(NodeClaim claim)
    {
        if (claim.IsGoing || !claim.Is(NodeClaim.Initialized) || state.Marked.Contains(claim.Name) || !state.Pools.TryGetValue(claim.PoolName, out var pool)
            || state.NodeOf(claim) is not { Metadata.DeletionTimestamp: null } node || NodeMarks.IsDisrupted(node))
        {
            return null;
        }

        var name = node.Metadata.Name!;
        if (node.Metadata.Annotations[KarpenterNames.DoNotDisrupt] == "true")
        {
            return null;
        }

        if (state.IsNominated(name))
        {
            WaitsForTime = true;
            return Blocked(claim, node, "Node is nominated for a pending pod");
        }

        var pods = state.PodsOn(name).ToList();
        if (pods.Exists(PodSorts.KeepsNode))
        {
            return null;
        }

        var moving = pods.Where(PodSorts.IsReschedulable).ToList();
        if (UsedUpBudget(moving) is { } budget)
        {
            return Blocked(claim, node, $"Pdb prevents pod evictions (PodDisruptionBudget=[{budget}])");
        }

        var labels = claim.Object.Metadata.Labels;
        var offer = provider.Offers.FirstOrDefault(o =>
            o.Size.Name == labels[KarpenterNames.InstanceType] && o.Zone == labels[KarpenterNames.Zone] && o.CapacityType == labels[KarpenterNames.CapacityType]);
        var age = clock.Now - (claim.Object.Metadata.CreationTimestamp?.Instant ?? clock.Now);
        return new(claim, node, pool, moving, offer, DisruptionCost.Of(moving, age, KarpenterTime.Parse(claim.Spec.ExpireAfter)));
    }

    private Candidate? Blocked(NodeClaim claim, Node node, string why)
    {
        events.Normal(node, "DisruptionBlocked", why);
        events.Normal(claim.Object, "DisruptionBlocked", why);
        return null;
    }

    private ObjectKey? UsedUpBudget(List<Pod> pods)
    {
        foreach (var budget in state.Budgets.Objects.Where(b => b.Status.DisruptionsAllowed == 0).OrderBy(b => ObjectKey.Of(b)))
        {
            var selector = Selector.From(budget.Spec.Selector);
            if (pods.Exists(p => p.Metadata.Namespace == budget.Metadata.Namespace && selector.Matches(p.Metadata.Labels)))
            {
                return ObjectKey.Of(budget);
            }
        }

        return null;
    }
}
