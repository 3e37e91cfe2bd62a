using KubeLab.Api.Core;

namespace KubeLab.Api.Quotas;

/// <summary>What a pod asks for in all: containers and sidecars together, or an init container beside the sidecars before it, whichever is more.</summary>
/// <remarks>Upstream: staging/src/k8s.io/component-helpers/resource/helpers.go.</remarks>
public static class PodAmounts
{
    /// <summary>The requests, the pod's own overhead included.</summary>
    public static ResourceList Requests(PodSpec spec) => Amounts.Add(Sum(spec, static c => c.Resources.Requests), spec.Overhead);

    /// <summary>The limits; overhead counts where there is a limit.</summary>
    public static ResourceList Limits(PodSpec spec)
    {
        var limits = Sum(spec, static c => c.Resources.Limits);
        return Amounts.Add(limits, Amounts.Where(spec.Overhead, name => limits.TryGetValue(name, out var limit) && !limit.IsZero));
    }

    /// <summary>The sum of what <paramref name="of"/> says of the containers, without overhead.</summary>
    public static ResourceList Sum(PodSpec spec, Func<Container, ResourceList> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        var (sidecars, highest) = (default(ResourceList), default(ResourceList));
        foreach (var container in spec.InitContainers)
        {
            if (container.RestartPolicy == "Always")
            {
                sidecars = Amounts.Add(sidecars, of(container));
                highest = Amounts.Max(highest, sidecars);
            }
            else
            {
                highest = Amounts.Max(highest, Amounts.Add(sidecars, of(container)));
            }
        }

        var together = sidecars;
        foreach (var container in spec.Containers)
        {
            together = Amounts.Add(together, of(container));
        }

        return Amounts.Max(together, highest);
    }
}
