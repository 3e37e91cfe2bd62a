using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Client.Informing;

namespace KubeLab.Autoscaling.Vertical.Capping;

/// <summary>The limit ranges of a namespace as one: the strictest bounds of all.</summary>
/// <remarks>Upstream: pkg/utils/limitrange.</remarks>
internal sealed class LimitRangeItems(Informer<LimitRange> ranges)
{
    private static readonly string[] Resources = [Amounts.Cpu, Amounts.Memory];

    /// <summary>What is set for containers; null when nothing is.</summary>
    public LimitRangeItem? OfContainers(string ns) => Of(ns, "Container");

    /// <summary>What is set for pods; null when nothing is.</summary>
    public LimitRangeItem? OfPods(string ns) => Of(ns, "Pod");

    private LimitRangeItem? Of(string ns, string type)
    {
        LimitRangeItem? all = null;
        foreach (var range in ranges.Objects)
        {
            if (range.Metadata.Namespace != ns)
            {
                continue;
            }

            foreach (var item in range.Spec.Limits)
            {
                if (item.Type == type && !(item.Max.IsEmpty && item.Min.IsEmpty && item.Default.IsEmpty))
                {
                    all ??= new() { Type = type };
                    all = all with
                    {
                        Default = item.Default.IsEmpty ? all.Default : item.Default,
                        Max = Strictest(all.Max, item.Max, Quantity.Min),
                        Min = Strictest(all.Min, item.Min, Quantity.Max),
                    };
                }
            }
        }

        return all;
    }

    private static ResourceList Strictest(ResourceList all, ResourceList one, Func<Quantity, Quantity, Quantity> pick)
    {
        if (all.IsEmpty)
        {
            return one;
        }

        foreach (var resource in Resources)
        {
            if (one[resource] is { } bound)
            {
                all = all.With(resource, all[resource] is { } other ? pick(other, bound) : bound);
            }
        }

        return all;
    }
}
