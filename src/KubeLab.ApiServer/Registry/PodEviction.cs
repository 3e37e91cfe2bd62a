using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Policy;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Etcd;

namespace KubeLab.ApiServer.Registry;

/// <summary>Whether a pod may be evicted: its disruption budget is asked, and charged.</summary>
/// <remarks>Upstream: pkg/registry/core/pod/storage/eviction.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/">API-initiated eviction</seealso>
internal sealed class PodEviction(RegistryContext context)
{
    private const int DisruptedPodsMax = 2000;
    private const string Refusal = "Cannot evict pod as it would violate the pod's disruption budget.";

    // Upstream's refusals name the resource in the singular here.
    private static readonly ApiResource Budget = ApiResource.Named("policy/v1", "poddisruptionbudget", "PodDisruptionBudget", namespaced: true);

    /// <summary>Whether no budget guards the pod: it never ran, it has ended, or it is going already.</summary>
    public static bool IsUnguarded(Pod pod) =>
        pod.Status.Phase is "Succeeded" or "Failed" or "Pending" || pod.Metadata.DeletionTimestamp is not null;

    /// <summary>Charges the pod's budget, if it has one.</summary>
    /// <returns>Whether the pod goes as unhealthy: it must be the very version that was looked at, since it may have become healthy meanwhile.</returns>
    /// <exception cref="ApiException">TooManyRequests: the budget refuses. 500: there are several budgets.</exception>
    public bool Charge(Pod pod, bool dryRun)
    {
        while (true)
        {
            var budgets = BudgetsOf(pod);
            if (budgets.Count == 0)
            {
                return false;
            }

            if (budgets.Count > 1)
            {
                throw new ApiException(new Status
                {
                    State = "Failure",
                    Code = 500,
                    Message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
                });
            }

            var (current, budget) = (budgets[0], (PodDisruptionBudget)budgets[0].Value);
            if (!IsReady(pod) && MayGoUnready(budget))
            {
                return true;
            }

            var charged = Charged(budget, pod.Metadata.Name!);
            if (dryRun || context.Etcd.Commit(new Txn(current.Key, current.ModRevision, charged)).Succeeded)
            {
                return false;
            }
        }
    }

    /// <summary>The refusal of a budget whose controller has not yet seen its last change, or of a pod that changed while it was looked at.</summary>
    public static ApiException StillProcessed(string budget) => ApiErrors.TooManyRequests(
        Refusal, 10, new StatusCause { Reason = "DisruptionBudget", Message = $"The disruption budget {budget} is still being processed by the server." });

    /// <summary>The name of the budget that guards the pod; empty when there is none.</summary>
    public string NameOfBudget(Pod pod) => BudgetsOf(pod) is [var one, ..] ? one.Value.Metadata.Name! : "";

    private List<Etcd.Mvcc.KeyValue> BudgetsOf(Pod pod)
    {
        if (pod.Metadata.Labels.IsEmpty)
        {
            return [];
        }

        var directory = $"{PodDisruptionBudget.Resource.StorePrefix}{pod.Metadata.Namespace}/";
        return [.. context.Etcd.Range(directory, KeyRange.PrefixEnd(directory)).Items.Where(i => Guards((PodDisruptionBudget)i.Value, pod))];
    }

    private static bool Guards(PodDisruptionBudget budget, Pod pod)
    {
        try
        {
            return Selector.From(budget.Spec.Selector).Matches(pod.Metadata.Labels);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsReady(Pod pod) => pod.Status.Conditions.Exists(static c => c.Type == "Ready" && c.Status == "True");

    /// <summary>A pod that serves nobody may go without being counted, when the others are enough or the user says so.</summary>
    private static bool MayGoUnready(PodDisruptionBudget budget) =>
        budget.Spec.UnhealthyPodEvictionPolicy == "AlwaysAllow"
        || (budget.Status.DesiredHealthy > 0 && budget.Status.CurrentHealthy >= budget.Status.DesiredHealthy);

    private PodDisruptionBudget Charged(PodDisruptionBudget budget, string pod)
    {
        var (name, status) = (budget.Metadata.Name!, budget.Status);
        if (status.ObservedGeneration < budget.Metadata.Generation)
        {
            throw StillProcessed(name);
        }

        if (status.DisruptionsAllowed < 0)
        {
            throw ApiErrors.Forbidden(Budget, name, "pdb disruptions allowed is negative");
        }

        var disrupted = DisruptedPods.Of(status);
        if (disrupted.Count > DisruptedPodsMax)
        {
            throw ApiErrors.Forbidden(Budget, name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }

        if (status.DisruptionsAllowed == 0)
        {
            var failed = status.Conditions.Find(static c => c is { Type: DisruptionAllowed.Type, Status: "False", Reason: DisruptionAllowed.SyncFailed });
            var why = failed is null
                ? string.Create(CultureInfo.InvariantCulture, $"The disruption budget {name} needs {status.DesiredHealthy} healthy pods and has {status.CurrentHealthy} currently")
                : $"The disruption budget {name} does not allow evicting pods currently because it failed sync: {failed.Message}";
            throw ApiErrors.TooManyRequests(Refusal, 0, new StatusCause { Reason = "DisruptionBudget", Message = why });
        }

        // The controller must not count a pod that is about to go, although it is still there.
        disrupted[pod] = context.Clock.Now;
        var next = DisruptedPods.With(status with { DisruptionsAllowed = status.DisruptionsAllowed - 1 }, disrupted);
        return budget with { Status = next.DisruptionsAllowed == 0 ? DisruptionAllowed.Update(next, context.Clock.Now) : next };
    }
}
