using KubeLab.Api.Policy;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Preemption;

/// <summary>Works out who would have to leave a node for a pod to fit there.</summary>
/// <remarks>
/// All less important pods are taken off a copy of the node; if the pod fits then, as many as possible are put back: first those whose budget would be violated, then the others,
/// in each case the most important first. Who does not fit any more is a victim. Upstream: SelectVictimsOnNode.
/// </remarks>
internal sealed class VictimSearch(SchedulingCycle cycle)
{
    private static readonly Verdict NoVictims = Verdict.Unresolvable("No preemption victims found for incoming pod");

    public (VictimChoice? Choice, Verdict Refusal) Try(CycleState state, PodInfo pod, NodeInfo node, IReadOnlyList<PodDisruptionBudget> budgets)
    {
        List<PodInfo> lesser = [.. node.Pods.Where(p => p.Priority < pod.Priority)];
        if (lesser.Count == 0)
        {
            return (null, NoVictims);
        }

        var trial = new Trial(cycle, state.Copy(), pod, node.Copy());
        lesser.ForEach(trial.Remove);
        if (trial.Refusal() is { IsSuccess: false } stillNot)
        {
            return (null, stillNot);
        }

        lesser.Sort(VictimChoice.ByImportance);
        var (guarded, others) = BudgetGuard.Split(lesser, budgets);
        var victims = new List<PodInfo>();
        var violations = 0;
        foreach (var candidate in guarded)
        {
            violations += PutBack(candidate) ? 0 : 1;
        }

        foreach (var candidate in others)
        {
            PutBack(candidate);
        }

        victims.Sort(VictimChoice.ByImportance);
        return (new VictimChoice(node, victims, violations), Verdict.Success);

        bool PutBack(PodInfo candidate)
        {
            trial.Add(candidate);
            if (trial.Refusal().IsSuccess)
            {
                return true;
            }

            trial.Remove(candidate);
            victims.Add(candidate);
            return false;
        }
    }
}

/// <summary>A copy of a node from which pods are taken to see whether another would fit.</summary>
internal sealed class Trial(SchedulingCycle cycle, CycleState state, PodInfo pod, NodeInfo node)
{
    public void Add(PodInfo other)
    {
        node.Add(other);
        foreach (var plugin in cycle.Runner.Extensions)
        {
            plugin.AddPod(state, pod, other, node);
        }
    }

    public void Remove(PodInfo other)
    {
        node.Remove(other.Key);
        foreach (var plugin in cycle.Runner.Extensions)
        {
            plugin.RemovePod(state, pod, other, node);
        }
    }

    public Verdict Refusal() => cycle.Filter(state, pod, node, 0).Verdict;
}
