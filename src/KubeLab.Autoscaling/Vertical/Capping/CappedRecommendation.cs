using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Vertical.Capping;

/// <summary>A recommendation as one pod may have it: within its namespace's limit ranges and the autoscaler's policy.</summary>
/// <remarks>Upstream: cappingRecommendationProcessor in pkg/utils/vpa/capping.go.</remarks>
/// <param name="Containers">The recommendations for the pod's containers.</param>
/// <param name="Remarks">By container, what was changed, in upstream's words.</param>
internal sealed record CappedRecommendation(IReadOnlyList<RecommendedContainerResources> Containers, IReadOnlyDictionary<string, IReadOnlyList<string>> Remarks)
{
    /// <summary>Fits the recommendation of <paramref name="vpa"/> to <paramref name="pod"/>; null when there is neither one nor a policy.</summary>
    public static CappedRecommendation? Of(Vpa vpa, Pod pod, LimitRangeItem? containerBounds, LimitRangeItem? podBounds)
    {
        var policy = vpa.Spec.ResourcePolicy;
        if (vpa.Status.Recommendation is null && policy is null)
        {
            return null;
        }

        var containers = new List<RecommendedContainerResources>();
        var remarks = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var one in PodBounds.Fit(vpa.Status.Recommendation?.ContainerRecommendations ?? [], pod, podBounds))
        {
            if (pod.Spec.Containers.Find(c => c.Name == one.ContainerName) is not { } container)
            {
                continue;
            }

            var said = new List<string>();
            containers.Add(one with
            {
                Target = Capped(one.Target, container, policy, containerBounds, said),
                LowerBound = Capped(one.LowerBound, container, policy, containerBounds, null),
                UpperBound = Capped(one.UpperBound, container, policy, containerBounds, null),
            });
            if (said.Count > 0)
            {
                remarks[container.Name] = said;
            }
        }

        return new(containers, remarks);
    }

    /// <summary>The recommendation for a container; null when there is none.</summary>
    public RecommendedContainerResources? Find(string container) => Containers.FirstOrDefault(c => c.ContainerName == container);

    private static ResourceList Capped(ResourceList amounts, Container container, PodResourcePolicy? policies, LimitRangeItem? bounds, List<string>? said)
    {
        var policy = Policies.Of(container.Name, policies);
        if (bounds is not null)
        {
            amounts = Within(
                amounts,
                resource => Least(container, bounds, resource),
                resource => bounds.Max.IsEmpty ? Quantity.Zero : Boundary(container, bounds.Max, bounds.Default, resource),
                "capped to fit Min in container LimitRange",
                "capped to fit Max in container LimitRange",
                said);
        }

        if (policy is not null)
        {
            amounts = Within(
                amounts,
                resource => Proportion.Of(policy.MinAllowed, resource),
                resource => Proportion.Of(policy.MaxAllowed, resource),
                "capped to minAllowed",
                "capped to maxAllowed",
                said);
        }

        return Policies.IsRequestsOnly(container.Name, policies) ? BelowLimits(amounts, container, said) : amounts;
    }

    private static ResourceList Within(
        ResourceList amounts, Func<string, Quantity> least, Func<string, Quantity> most, string raised, string lowered, List<string>? said)
    {
        foreach (var (resource, amount) in amounts)
        {
            var held = amount;
            if (Policies.AtLeast(held, least(resource)) is { } up)
            {
                held = up;
                said?.Add($"{resource} {raised}");
            }

            if (Policies.AtMost(held, most(resource)) is { } down)
            {
                held = down;
                said?.Add($"{resource} {lowered}");
            }

            amounts = amounts.With(resource, held);
        }

        return amounts;
    }

    /// <summary>A limit that stays bounds the request.</summary>
    private static ResourceList BelowLimits(ResourceList amounts, Container container, List<string>? said)
    {
        foreach (var (resource, limit) in container.Resources.Limits)
        {
            if (amounts[resource] is { } amount && amount.MilliValue > limit.MilliValue)
            {
                amounts = amounts.With(resource, limit);
                said?.Add($"{resource} capped to container limit");
            }
        }

        return amounts;
    }

    /// <summary>Both the request and the limit must reach the least that is set.</summary>
    private static Quantity Least(Container container, LimitRangeItem bounds, string resource) =>
        Quantity.Max(bounds.Min.IsEmpty ? Quantity.Zero : Boundary(container, bounds.Min, bounds.Default, resource), Proportion.Of(bounds.Min, resource));

    private static Quantity Boundary(Container container, ResourceList bound, ResourceList @default, string resource) => resource is not (Amounts.Cpu or Amounts.Memory)
        ? Quantity.Zero
        : Proportion.Request(
            resource,
            Proportion.Of(container.Resources.Requests, resource),
            Proportion.Of(container.Resources.Limits, resource),
            Proportion.Of(bound, resource),
            Proportion.Of(@default, resource));
}
