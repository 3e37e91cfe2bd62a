using KubeLab.Api.Core;

namespace KubeLab.Api.Policy;

/// <summary>The condition that says whether a budget lets pods go.</summary>
/// <remarks>Upstream: UpdateDisruptionAllowedCondition in staging/src/k8s.io/component-helpers/apps/poddisruptionbudget.</remarks>
public static class DisruptionAllowed
{
    /// <summary>Its type.</summary>
    public const string Type = "DisruptionAllowed";

    /// <summary>The reason when the numbers could not be found out.</summary>
    public const string SyncFailed = "SyncFailed";

    /// <summary>The status with the condition that its numbers ask for.</summary>
    public static PodDisruptionBudgetStatus Update(PodDisruptionBudgetStatus status, DateTimeOffset now) => status.DisruptionsAllowed > 0
        ? Set(status, "True", "SufficientPods", "", now)
        : Set(status, "False", "InsufficientPods", "", now);

    /// <summary>The status of a budget whose numbers could not be found out: nothing may go.</summary>
    public static PodDisruptionBudgetStatus Fail(PodDisruptionBudgetStatus status, string why, DateTimeOffset now) =>
        Set(status with { DisruptionsAllowed = 0 }, "False", SyncFailed, why, now);

    private static PodDisruptionBudgetStatus Set(PodDisruptionBudgetStatus status, string value, string reason, string message, DateTimeOffset now)
    {
        var index = status.Conditions.FindIndex(static c => c.Type == Type);
        var wanted = new Condition
        {
            Type = Type,
            Status = value,
            Reason = reason,
            Message = message,
            ObservedGeneration = status.ObservedGeneration == 0 ? null : status.ObservedGeneration,
            LastTransitionTime = index >= 0 && status.Conditions[index].Status == value ? status.Conditions[index].LastTransitionTime : now,
        };
        return status with { Conditions = index < 0 ? status.Conditions.Add(wanted) : status.Conditions.SetItem(index, wanted) };
    }
}
