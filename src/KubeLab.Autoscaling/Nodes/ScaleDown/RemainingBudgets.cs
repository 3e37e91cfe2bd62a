using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Selecting;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>The disruptions that budgets still allow, less those that a plan has used up.</summary>
/// <remarks>Upstream: core/scaledown/pdb/basic.go.</remarks>
public sealed class RemainingBudgets
{
    private readonly List<Budget> budgets = [];

    /// <summary>Reads budgets.</summary>
    public RemainingBudgets(IEnumerable<PodDisruptionBudget> all)
    {
        foreach (var budget in all)
        {
            budgets.Add(new Budget(budget.Metadata.Namespace ?? "", Selector.From(budget.Spec.Selector)) { Left = budget.Status.DisruptionsAllowed });
        }
    }

    /// <summary>Whether any budget guards the pod.</summary>
    public bool Guards(Pod pod) => budgets.Exists(b => b.Guards(pod));

    /// <summary>Whether all budgets that guard the pod allow a disruption.</summary>
    public bool Allow(Pod pod) => !budgets.Exists(b => b.Left < 1 && b.Guards(pod));

    /// <summary>The pod whose budget allows none; null when each of <paramref name="pods"/> could go by itself.</summary>
    /// <param name="pods">The pods of a node.</param>
    /// <param name="together">Whether all could go at once; if not, some will have to wait until others are back.</param>
    public Pod? FirstRefused(IReadOnlyList<Pod> pods, out bool together)
    {
        together = true;
        foreach (var budget in budgets)
        {
            var count = 0;
            foreach (var pod in pods.Where(budget.Guards))
            {
                if (budget.Left < 1)
                {
                    together = false;
                    return pod;
                }

                together &= ++count <= budget.Left;
            }
        }

        return null;
    }

    /// <summary>Uses disruptions up: these pods are going.</summary>
    public void Use(IReadOnlyList<Pod> pods)
    {
        foreach (var budget in budgets)
        {
            budget.Left = Math.Max(0, budget.Left - pods.Count(budget.Guards));
        }
    }

    private sealed class Budget(string ns, Selector selector)
    {
        public int Left { get; set; }

        public bool Guards(Pod pod) => pod.Metadata.Namespace == ns && selector.Matches(pod.Metadata.Labels);
    }
}
