using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Quotas;
using KubeLab.Api.Verbs;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Quotas;

/// <summary>Counts what is used of a quota, so that what was deleted or has ended is given back.</summary>
/// <remarks>
/// It asks the server and no cache: the server charges quotas before it stores objects, and a count of an older state would give back what was just charged.
/// Upstream: pkg/controller/resourcequota.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/policy/resource-quotas/">Resource Quotas</seealso>
public sealed class QuotaReconciler(IKubernetesApi api, VirtualClock clock, Func<IEnumerable<ApiResource>> resources) : IReconciler
{
    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (api.Find(ResourceQuota.Resource, key) is not ResourceQuota quota)
        {
            return ReconcileResult.Done;
        }

        var status = QuotaCount.Of(
            quota,
            resources().Select(QuotaEvaluator.For).OfType<QuotaEvaluator>(),
            resource => api.List(resource, key.Namespace, ListOptions.All).Items,
            clock.Now);
        if (status != quota.Status)
        {
            api.UpdateStatus(quota with { Status = status });
        }

        return ReconcileResult.Done;
    }
}
