using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Scheduling;

/// <summary>The condition by which the scheduler says that a pod fits nowhere.</summary>
internal static class PodScheduledCondition
{
    /// <summary>Sets PodScheduled to False with reason Unschedulable; the transition time moves only when the status does.</summary>
    public static ValueList<Condition> Unschedulable(ValueList<Condition> conditions, string message, DateTimeOffset now)
    {
        var index = conditions.FindIndex(c => c.Type == "PodScheduled");
        var old = index < 0 ? null : conditions[index];
        var condition = new Condition
        {
            Type = "PodScheduled",
            Status = "False",
            Reason = "Unschedulable",
            Message = message,
            LastTransitionTime = old?.Status == "False" ? old.LastTransitionTime : now,
        };
        return index < 0 ? conditions.Add(condition) : conditions.SetItem(index, condition);
    }
}
