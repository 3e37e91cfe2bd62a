using KubeLab.Api.Policy;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Preemption;

/// <summary>Tells the pods whose leaving would violate a disruption budget from the others.</summary>
/// <remarks>Upstream: filterPodsWithPDBViolation. Preemption honours budgets where it can, and violates them where it must.</remarks>
internal static class BudgetGuard
{
    /// <summary>Both lists keep the order of <paramref name="pods"/>, in which each takes from the budgets what is left.</summary>
    public static (List<PodInfo> Guarded, List<PodInfo> Others) Split(IReadOnlyList<PodInfo> pods, IReadOnlyList<PodDisruptionBudget> budgets)
    {
        List<PodInfo> guarded = [], others = [];
        var allowed = budgets.Select(b => b.Status.DisruptionsAllowed).ToArray();
        foreach (var pod in pods)
        {
            var violates = false;
            for (var i = 0; i < allowed.Length; i++)
            {
                if (Guards(budgets[i], pod) && --allowed[i] < 0)
                {
                    violates = true;
                }
            }

            (violates ? guarded : others).Add(pod);
        }

        return (guarded, others);
    }

    private static bool Guards(PodDisruptionBudget budget, PodInfo pod)
    {
        if (budget.Metadata.Namespace != pod.Key.Namespace || pod.Pod.Metadata.Labels.IsEmpty)
        {
            return false;
        }

        // A budget without a selector, or with an empty one, guards nobody here; one whose eviction was granted already is not counted twice.
        var selector = SelectorReading.Of(budget.Spec.Selector);
        return !selector.IsEmpty && selector.Matches(pod.Pod.Metadata.Labels) && budget.Status.DisruptedPods?.Overflow?[pod.Key.Name] is null;
    }
}
