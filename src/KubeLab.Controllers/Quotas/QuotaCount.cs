using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Quotas;

namespace KubeLab.Controllers.Quotas;

/// <summary>What all objects of a namespace use of one quota.</summary>
/// <remarks>Upstream: CalculateUsage in staging/src/k8s.io/apiserver/pkg/quota/v1/resources.go.</remarks>
public static class QuotaCount
{
    /// <summary>The status that a count gives: the bounds as they are wished, and what is used of each of them.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="evaluators">Who know what objects use.</param>
    /// <param name="list">The objects of a kind in the quota's namespace; only asked for kinds that the quota limits.</param>
    /// <param name="now">The present.</param>
    public static ResourceQuotaStatus Of(
        ResourceQuota quota, IEnumerable<QuotaEvaluator> evaluators, Func<ApiResource, IEnumerable<IApiObject>> list, DateTimeOffset now)
    {
        var hard = quota.Spec.Hard;

        // What nobody can count keeps the value it had.
        var used = Amounts.Where(quota.Status.Used, hard.ContainsKey);
        foreach (var evaluator in evaluators)
        {
            var limited = QuotaMatch.Limited(evaluator, hard);
            if (limited.Count == 0)
            {
                continue;
            }

            var sum = limited.Aggregate(default(ResourceList), (zeros, name) => zeros.With(name, Quantity.Zero.WithFormat(hard[name]!.Value.Format)));
            foreach (var obj in list(evaluator.Resource))
            {
                if (QuotaMatch.InScope(evaluator, quota.Spec, obj))
                {
                    sum = Amounts.Add(sum, Amounts.Where(evaluator.Usage(obj, now), sum.ContainsKey));
                }
            }

            foreach (var (name, amount) in sum)
            {
                used = used.With(name, amount);
            }
        }

        return quota.Status with { Hard = hard, Used = used };
    }
}
