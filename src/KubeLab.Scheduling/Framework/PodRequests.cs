using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Framework;

/// <summary>What a whole pod asks for.</summary>
/// <remarks>
/// Containers run together, so they add up; init containers run one by one, so the largest counts; a sidecar (an init container that restarts always) runs
/// beside everything after it. Overhead comes on top. Upstream: component-helpers/resource PodRequests.
/// </remarks>
public static class PodRequests
{
    /// <summary>CPU that scoring assumes for a container that names none, in thousandths of a core.</summary>
    public const long DefaultMilliCpu = 100;

    /// <summary>Memory that scoring assumes for a container that names none, in bytes.</summary>
    public const long DefaultMemoryBytes = 200L * 1024 * 1024;

    /// <summary>What <paramref name="spec"/> asks for; what it does not name counts as nothing.</summary>
    public static ResourceVector Of(PodSpec spec) => Total(spec, nonZero: false);

    /// <summary>The same for scoring, where a container that names no CPU or memory counts with upstream's defaults; an explicit zero stays zero.</summary>
    public static ResourceVector NonZeroOf(PodSpec spec) => Total(spec, nonZero: true);

    private static ResourceVector Total(PodSpec spec, bool nonZero)
    {
        var together = default(ResourceVector);
        foreach (var container in spec.Containers)
        {
            together.Add(Of(container, nonZero));
        }

        var sidecars = default(ResourceVector);
        var largest = default(ResourceVector);
        foreach (var init in spec.InitContainers)
        {
            var own = Of(init, nonZero);
            if (init.RestartPolicy == "Always")
            {
                together.Add(own);
                sidecars.Add(own);
                largest.RaiseTo(sidecars);
            }
            else
            {
                own.Add(sidecars);
                largest.RaiseTo(own);
            }
        }

        together.RaiseTo(largest);
        if (!spec.Overhead.IsEmpty)
        {
            together.Add(ResourceVector.From(spec.Overhead));
        }

        together.Pods = 1;
        return together;
    }

    private static ResourceVector Of(Container container, bool nonZero)
    {
        var requests = container.Resources.Requests;
        var vector = ResourceVector.From(requests);
        if (nonZero)
        {
            vector.MilliCpu = requests.ContainsKey("cpu") ? vector.MilliCpu : DefaultMilliCpu;
            vector.MemoryBytes = requests.ContainsKey("memory") ? vector.MemoryBytes : DefaultMemoryBytes;
        }

        return vector;
    }
}
