using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Lifecycle;

/// <summary>Marks claims that may be consolidated, because no pod has come or gone for a while, and those that are not any more what their pool wants.</summary>
/// <remarks>Upstream: pkg/controllers/nodeclaim/disruption.</remarks>
internal sealed class ClaimMarks(VirtualClock clock, ClusterState state, ClaimWriter writer)
{
    /// <summary>Writes both marks.</summary>
    /// <returns>After how long to look again; null when nothing is foreseen.</returns>
    public TimeSpan? Mark(NodeClaim claim)
    {
        if (!state.Pools.TryGetValue(claim.PoolName, out var pool))
        {
            return null;
        }

        claim = MarkDrift(claim, pool);
        if (pool.ConsolidateAfter is not { } after)
        {
            writer.Clear(claim, NodeClaim.Consolidatable);
            return null;
        }

        var since = claim.Since(NodeClaim.Initialized) ?? clock.Now;
        var last = state.LastPodEvent(claim.Status.NodeName ?? claim.Name) is { } pod && pod > since ? pod : since;
        if (clock.Now - last < after)
        {
            writer.Clear(claim, NodeClaim.Consolidatable);
            return last + after - clock.Now;
        }

        writer.Set(claim, NodeClaim.Consolidatable, "True", NodeClaim.Consolidatable);
        return null;
    }

    /// <summary>Why a claim is not what its pool wants any more; null when it is.</summary>
    public static string? WhyDrifted(NodeClaim claim, NodePool pool)
    {
        var hash = claim.Object.Metadata.Annotations[KarpenterNames.PoolHash];
        return hash is not null && hash != pool.Hash() ? "NodePoolDrifted"
            : RequirementMatch.Matches(pool.Requirements, claim.Object.Metadata.Labels) ? null
            : "RequirementsDrifted";
    }

    private NodeClaim MarkDrift(NodeClaim claim, NodePool pool) => WhyDrifted(claim, pool) is { } why
        ? writer.Set(claim, NodeClaim.Drifted, "True", why, why)
        : writer.Clear(claim, NodeClaim.Drifted);
}
