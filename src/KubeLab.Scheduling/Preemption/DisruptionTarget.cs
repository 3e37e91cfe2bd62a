using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Preemption;

/// <summary>The condition that says on a pod why it is sent away.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions">Pod disruption conditions</seealso>
internal static class DisruptionTarget
{
    public const string Type = "DisruptionTarget";
    public const string Reason = "PreemptionByScheduler";

    public static ValueList<Condition> Set(ValueList<Condition> conditions, string scheduler, DateTimeOffset now)
    {
        var index = conditions.FindIndex(static c => c.Type == Type);
        if (index >= 0 && conditions[index] is { Status: "True", Reason: Reason })
        {
            return conditions;
        }

        var condition = new Condition
        {
            Type = Type,
            Status = "True",
            Reason = Reason,
            Message = $"{scheduler}: preempting to accommodate a higher priority pod",
            LastTransitionTime = now,
        };
        return index < 0 ? conditions.Add(condition) : conditions.SetItem(index, condition);
    }
}
