using KubeLab.Api.Core;

namespace KubeLab.Api.Quotas;

/// <summary>What pods use of quotas: while they live, themselves and all they request; afterwards only a place in the store.</summary>
/// <remarks>Upstream: pkg/quota/v1/evaluator/core/pods.go.</remarks>
internal sealed class PodEvaluator() : QuotaEvaluator(Pod.Resource)
{
    private static readonly string[] Standard = ["cpu", "memory", "ephemeral-storage"];

    // For these each container must say what it wants as soon as a quota limits them.
    private static readonly string[] Demanded = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    public override bool Uses(string name) => name is "pods"
        || name == CountName
        || Array.Exists(Standard, s => name == s || name == $"requests.{s}" || name == $"limits.{s}")
        || name.StartsWith("hugepages-", StringComparison.Ordinal)
        || name.StartsWith("requests.hugepages-", StringComparison.Ordinal)
        || (name.StartsWith("requests.", StringComparison.Ordinal) && IsExtended(name["requests.".Length..]));

    public override ResourceList Usage(IApiObject obj, DateTimeOffset now)
    {
        var pod = (Pod)obj;
        var count = Count(CountName);
        return Lives(pod, now) ? Amounts.Add(count, Usage(PodAmounts.Requests(pod.Spec), PodAmounts.Limits(pod.Spec))) : count;
    }

    public override bool Matches(QuotaScope scope, IApiObject obj) => scope.Matches((Pod)obj);

    public override string? Missing(IReadOnlyCollection<string> limited, IApiObject obj)
    {
        var spec = ((Pod)obj).Spec;
        var missing = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var container in spec.Containers.Concat(spec.InitContainers))
        {
            var said = Usage(container.Resources.Requests, container.Resources.Limits);
            foreach (var name in limited)
            {
                if (Demanded.Contains(name) && !said.ContainsKey(name))
                {
                    (missing.TryGetValue(name, out var names) ? names : missing[name] = new(StringComparer.Ordinal)).Add(container.Name);
                }
            }
        }

        return missing.Count == 0 ? null : $"must specify {string.Join("; ", missing.Select(m => $"{m.Key} for: {string.Join(',', m.Value)}"))}";
    }

    /// <summary>A pod that has ended, or should have been gone twice over, is charged to nobody.</summary>
    private static bool Lives(Pod pod, DateTimeOffset now) =>
        pod.Status.Phase is not ("Succeeded" or "Failed")
        && !(pod.Metadata is { DeletionTimestamp: { } gone, DeletionGracePeriodSeconds: { } grace } && now > gone.Instant.AddSeconds(grace));

    private static ResourceList Usage(ResourceList requests, ResourceList limits)
    {
        var usage = Count("pods");
        foreach (var name in Standard)
        {
            if (requests.TryGetValue(name, out var request))
            {
                usage = usage.With(name, request).With($"requests.{name}", request);
            }

            if (limits.TryGetValue(name, out var limit))
            {
                usage = usage.With($"limits.{name}", limit);
            }
        }

        foreach (var (name, amount) in requests)
        {
            if (name.StartsWith("hugepages-", StringComparison.Ordinal))
            {
                usage = usage.With(name, amount).With($"requests.{name}", amount);
            }
            else if (IsExtended(name))
            {
                usage = usage.With($"requests.{name}", amount);
            }
        }

        return usage;
    }

    private static bool IsExtended(string name) =>
        name.Contains('/', StringComparison.Ordinal) && !name.Contains("kubernetes.io/", StringComparison.Ordinal)
        && !name.StartsWith("requests.", StringComparison.Ordinal);
}
