using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Nodes.Pods;

/// <summary>The quality-of-service class of a pod: who is evicted first when a node runs out of memory.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">Pod quality of service classes</seealso>
public static class QosClass
{
    /// <summary>All containers, init containers included, have limits for CPU and memory equal to their requests.</summary>
    public const string Guaranteed = "Guaranteed";

    /// <summary>At least one container has a request or a limit.</summary>
    public const string Burstable = "Burstable";

    /// <summary>None has.</summary>
    public const string BestEffort = "BestEffort";

    /// <summary>The class of a pod with this spec.</summary>
    public static string Of(PodSpec spec)
    {
        bool any = false, guaranteed = true;
        Look(spec.InitContainers, ref any, ref guaranteed);
        Look(spec.Containers, ref any, ref guaranteed);
        return !any ? BestEffort : guaranteed ? Guaranteed : Burstable;
    }

    private static void Look(ValueList<Container> containers, ref bool any, ref bool guaranteed)
    {
        foreach (var container in containers)
        {
            foreach (var resource in (ReadOnlySpan<string>)["cpu", "memory"])
            {
                var limit = container.Resources.Limits[resource];
                // A request that is not set is the limit.
                var request = container.Resources.Requests[resource] ?? limit;
                any |= request is { IsZero: false } || limit is { IsZero: false };
                guaranteed &= limit is { IsZero: false } && request == limit;
            }
        }
    }
}
