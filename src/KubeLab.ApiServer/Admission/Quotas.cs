using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Quotas;
using KubeLab.Api.Verbs;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;

namespace KubeLab.ApiServer.Admission;

/// <summary>Charges what new objects use to the quotas of their namespace, or refuses them.</summary>
/// <remarks>
/// A quota is charged by replacing the very version that was looked at, so that of two creates at once on two servers only one gets the last of it. What was
/// charged for an object that then was not stored is given back by the quota controller.
/// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/policy/resource-quotas/">Resource Quotas</seealso>
internal sealed class Quotas : IValidatingPlugin
{
    private const int AttemptsMax = 10;
    private readonly Dictionary<ApiResource, QuotaEvaluator?> evaluators = new(ReferenceEqualityComparer.Instance);

    public void Validate(in AdmissionRequest request)
    {
        var resource = request.Store.Resource;
        if (!resource.Namespaced || request.Context.Quotas[request.Object.Metadata.Namespace ?? ""].Count == 0)
        {
            return;
        }

        if (EvaluatorOf(resource) is not { } evaluator || (request.Operation == Operation.Update && !evaluator.HandlesUpdates))
        {
            return;
        }

        for (var attempt = 1; !TryCharge(request, evaluator); attempt++)
        {
            if (attempt == AttemptsMax)
            {
                throw ApiErrors.Stale(ResourceQuota.Resource, request.Context.Quotas[request.Object.Metadata.Namespace!].First().Value.Metadata.Name ?? "");
            }
        }
    }

    private QuotaEvaluator? EvaluatorOf(ApiResource resource)
    {
        if (!evaluators.TryGetValue(resource, out var evaluator))
        {
            evaluators.Add(resource, evaluator = QuotaEvaluator.For(resource));
        }

        return evaluator;
    }

    /// <summary>False when somebody changed a quota meanwhile.</summary>
    private static bool TryCharge(in AdmissionRequest request, QuotaEvaluator evaluator)
    {
        var obj = request.Object;
        var now = request.Context.Clock.Now;
        var concerned = new List<KeyValue>();
        foreach (var item in request.Context.Quotas[obj.Metadata.Namespace!])
        {
            if (Concerns(request, evaluator, (ResourceQuota)item.Value))
            {
                concerned.Add(item);
            }
        }

        var usage = evaluator.Usage(obj, now);
        var negative = Amounts.Where(usage, name => usage[name]!.Value.Sign < 0);
        if (!negative.IsEmpty)
        {
            throw Forbidden(request, $"quota usage is negative for resource(s): {string.Join(',', negative.Select(n => n.Key))}");
        }

        usage = Amounts.NonZero(request.Old is { } old ? Amounts.Subtract(usage, evaluator.Usage(old, now)) : usage);
        var charged = new List<(KeyValue Current, ResourceQuota Next)>();
        foreach (var item in concerned)
        {
            if (Charged(request, (ResourceQuota)item.Value, usage) is { } next)
            {
                charged.Add((item, next));
            }
        }

        return request.IsDryRun || Store(request.Context.Etcd, charged);
    }

    private static bool Concerns(in AdmissionRequest request, QuotaEvaluator evaluator, ResourceQuota quota)
    {
        var limited = QuotaMatch.Limited(evaluator, quota.Status.Hard);
        if (limited.Count == 0 || !QuotaMatch.InScope(evaluator, quota.Spec, request.Object))
        {
            return false;
        }

        if (evaluator.Missing(limited, request.Object) is { } missing)
        {
            throw Forbidden(request, $"failed quota: {quota.Metadata.Name}: {missing}");
        }

        return limited.All(quota.Status.Used.ContainsKey)
            ? true
            : throw Forbidden(request, $"status unknown for quota: {quota.Metadata.Name}, resources: {string.Join(',', limited)}");
    }

    /// <summary>The quota with what is used now; null when nothing changes.</summary>
    private static ResourceQuota? Charged(in AdmissionRequest request, ResourceQuota quota, ResourceList usage)
    {
        var (hard, used) = (quota.Status.Hard, quota.Status.Used);
        var requested = Amounts.Where(usage, hard.ContainsKey);
        if (requested.IsEmpty)
        {
            return null;
        }

        var next = Amounts.Add(used, requested);

        // Giving back is always allowed, also from a quota that was lowered below what is used.
        var exceeded = Amounts.Where(requested, name => requested[name]!.Value.Sign > 0 && next[name]!.Value > hard[name]!.Value);
        if (!exceeded.IsEmpty)
        {
            throw Forbidden(
                request,
                $"exceeded quota: {quota.Metadata.Name}, requested: {Amounts.Text(exceeded)}, "
                + $"used: {Amounts.Text(Amounts.Where(used, exceeded.ContainsKey))}, limited: {Amounts.Text(Amounts.Where(hard, exceeded.ContainsKey))}");
        }

        return quota with { Status = quota.Status with { Used = next } };
    }

    private static bool Store(IEtcd etcd, List<(KeyValue Current, ResourceQuota Next)> charged)
    {
        foreach (var (current, next) in charged)
        {
            if (!etcd.Commit(new Txn(current.Key, current.ModRevision, next)).Succeeded)
            {
                return false;
            }
        }

        return true;
    }

    private static ApiException Forbidden(in AdmissionRequest request, string why) =>
        ApiErrors.Forbidden(request.Store.Resource, request.Object.Metadata.Name ?? "", why);
}
