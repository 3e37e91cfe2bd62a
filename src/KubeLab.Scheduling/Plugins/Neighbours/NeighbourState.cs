using KubeLab.Scheduling.Cache.Counting;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins.Neighbours;

/// <summary>The neighbours of one pod for one cycle, and what pods that are put on or taken off nodes for a try would change.</summary>
internal sealed class NeighbourState(NeighbourPlan plan) : ICycleData
{
    private Dictionary<(DomainTally, int), int>? changes;
    private long wantedChange;

    public NeighbourPlan Plan => plan;

    /// <summary>Whether there is no pod anywhere that the demands mean.</summary>
    public bool HasNoWanted
    {
        get
        {
            var total = wantedChange;
            foreach (var wanted in plan.Wanted)
            {
                total += wanted.Total;
            }

            return total == 0;
        }
    }

    public bool AnyIn(DomainTally pods, int place) =>
        pods.Topology.Of(place) is >= 0 and var domain && pods[domain] + (changes is null ? 0 : changes.GetValueOrDefault((pods, domain))) > 0;

    public void Change(PodInfo pod, PodInfo other, NodeInfo node, int change, NeighbourPlanner planner)
    {
        // The plan's counts say whom they mean; all demands share one such description.
        if (plan.Wanted.Length > 0 && plan.Wanted[0].Pods.What!.Matches(other.Pod))
        {
            foreach (var wanted in plan.Wanted)
            {
                wantedChange += Change(wanted, node, change);
            }
        }

        foreach (var unwanted in plan.Unwanted)
        {
            if (unwanted.Pods.What!.Matches(other.Pod))
            {
                Change(unwanted, node, change);
            }
        }

        if (plan.Refusing.Length > 0)
        {
            foreach (var term in planner.TermsOf(other))
            {
                if (Array.IndexOf(plan.Refusing, term) >= 0)
                {
                    Change(term.Carriers, node, change);
                }
            }
        }
    }

    public object Copy() => new NeighbourState(plan) { changes = changes is null ? null : new(changes), wantedChange = wantedChange };

    private int Change(DomainTally pods, NodeInfo node, int change)
    {
        if (pods.Topology.Of(node.Index) is not (>= 0 and var domain))
        {
            return 0;
        }

        changes ??= [];
        changes[(pods, domain)] = changes.GetValueOrDefault((pods, domain)) + change;
        return change;
    }
}
