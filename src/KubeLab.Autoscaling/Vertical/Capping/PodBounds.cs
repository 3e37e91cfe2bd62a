using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Vertical.Capping;

/// <summary>Recommendations that fit, all of a pod's containers together, into what a limit range sets for pods.</summary>
/// <remarks>Upstream: capProportionallyToPodLimitRange in pkg/utils/vpa/capping.go.</remarks>
internal static class PodBounds
{
    private delegate RecommendedContainerResources Change(RecommendedContainerResources container, ResourceList list);

    /// <summary>The recommendations, made smaller or greater by the same factor where their sum lies outside.</summary>
    public static List<RecommendedContainerResources> Fit(IEnumerable<RecommendedContainerResources> recommendations, Pod pod, LimitRangeItem? bounds)
    {
        var all = recommendations.ToList();
        if (bounds is null)
        {
            return all;
        }

        foreach (var container in pod.Spec.Containers)
        {
            // Containers without a recommendation count with what they request.
            if (!all.Exists(r => r.ContainerName == container.Name) && !container.Resources.Requests.IsEmpty)
            {
                all.Add(new() { ContainerName = container.Name, Target = container.Resources.Requests });
            }
        }

        Fit(all, pod, bounds, r => r.UpperBound, (r, list) => r with { UpperBound = list });
        Fit(all, pod, bounds, r => r.Target, (r, list) => r with { Target = list });
        Fit(all, pod, bounds, r => r.LowerBound, (r, list) => r with { LowerBound = list });
        return all;
    }

    private static void Fit(
        List<RecommendedContainerResources> all, Pod pod, LimitRangeItem bounds, Func<RecommendedContainerResources, ResourceList> read, Change change)
    {
        foreach (var resource in (string[])[Amounts.Cpu, Amounts.Memory])
        {
            if (Factor(all, pod, bounds, resource, read) is not { } factor)
            {
                continue;
            }

            for (var i = 0; i < all.Count; i++)
            {
                if (pod.Spec.Containers.Exists(c => c.Name == all[i].ContainerName))
                {
                    var list = read(all[i]);
                    all[i] = change(all[i], list.With(resource, Proportion.Scaled(resource, Proportion.Of(list, resource), factor.From, factor.To).Amount));
                }
            }
        }
    }

    private static (Quantity From, Quantity To)? Factor(
        List<RecommendedContainerResources> all, Pod pod, LimitRangeItem bounds, string resource, Func<RecommendedContainerResources, ResourceList> read)
    {
        var (least, most, @default) = (Proportion.Of(bounds.Min, resource), Proportion.Of(bounds.Max, resource), Proportion.Of(bounds.Default, resource));
        var (limits, requests) = (Quantity.Zero, Quantity.Zero);
        foreach (var container in pod.Spec.Containers)
        {
            var request = Proportion.Of(container.Resources.Requests, resource);
            var recommended = all.Find(r => r.ContainerName == container.Name) is { } one ? Proportion.Of(read(one), resource) : request;
            limits += Proportion.Limit(resource, Proportion.Of(container.Resources.Limits, resource), request, recommended, @default).Limit ?? Quantity.Zero;
            requests += recommended;
        }

        if ((least <= limits && least <= requests && (most.IsZero || most >= limits)) || limits.IsZero)
        {
            return null;
        }

        return least > requests ? requests.IsZero ? null : (requests, least)
            : (limits, !most.IsZero && most < limits ? most : least);
    }
}
