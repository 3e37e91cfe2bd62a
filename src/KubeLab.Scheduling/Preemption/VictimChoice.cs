using KubeLab.Api;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Preemption;

/// <summary>A node on which a pod would fit if some others left.</summary>
/// <param name="Node">Which.</param>
/// <param name="Victims">Who would have to leave, most important first.</param>
/// <param name="Violations">How many of them would leave against their disruption budget.</param>
public sealed record VictimChoice(NodeInfo Node, IReadOnlyList<PodInfo> Victims, int Violations = 0)
{
    /// <summary>Most important first: higher priority, then earlier start.</summary>
    public static int ByImportance(PodInfo one, PodInfo other)
    {
        var order = other.Priority.CompareTo(one.Priority);
        if (order != 0)
        {
            return order;
        }

        order = StartOf(one).CompareTo(StartOf(other));
        return order != 0 ? order : one.Key.CompareTo(other.Key);
    }

    /// <summary>The choice that hurts least: fewest violated budgets, lowest highest priority, lowest sum of priorities, fewest victims, latest start of the most important; then the first.</summary>
    public static VictimChoice Best(IReadOnlyList<VictimChoice> choices)
    {
        var best = choices[0];
        for (var i = 1; i < choices.Count; i++)
        {
            if (HurtsLess(choices[i], best))
            {
                best = choices[i];
            }
        }

        return best;
    }

    private static bool HurtsLess(VictimChoice one, VictimChoice other)
    {
        var order = one.Violations.CompareTo(other.Violations);
        if (order == 0)
        {
            order = HighestPriority(one).CompareTo(HighestPriority(other));
        }

        if (order == 0)
        {
            order = SumOfPriorities(one).CompareTo(SumOfPriorities(other));
        }

        if (order == 0)
        {
            order = one.Victims.Count.CompareTo(other.Victims.Count);
        }

        if (order == 0)
        {
            order = EarliestOfHighest(other).CompareTo(EarliestOfHighest(one));
        }

        return order < 0;
    }

    /// <summary>A node where nobody has to leave any more hurts least of all.</summary>
    private static long HighestPriority(VictimChoice choice) => choice.Victims.Count == 0 ? long.MinValue : choice.Victims[0].Priority;

    /// <summary>Priorities are shifted so that none is negative, or many unimportant victims would look better than one.</summary>
    private static long SumOfPriorities(VictimChoice choice) => choice.Victims.Sum(v => (long)v.Priority + int.MaxValue + 1L);

    private static Timestamp EarliestOfHighest(VictimChoice choice) =>
        choice.Victims.Where(v => v.Priority == choice.Victims[0].Priority).Select(StartOf).DefaultIfEmpty().Min();

    /// <summary>A pod that has not started counts as starting last.</summary>
    private static Timestamp StartOf(PodInfo pod) => pod.Pod.Status.StartTime ?? new Timestamp(DateTimeOffset.MaxValue);
}
