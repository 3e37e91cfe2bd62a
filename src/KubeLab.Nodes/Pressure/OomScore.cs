using KubeLab.Api.Core;
using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.Pressure;

/// <summary>Whom the kernel kills when memory runs out: whoever holds most, corrected by what the kubelet told it about the pod's class.</summary>
/// <remarks>Upstream: pkg/kubelet/qos/policy.go, and oom_badness in the kernel's mm/oom_kill.c.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#node-out-of-memory-behavior">Node out of memory behavior</seealso>
public static class OomScore
{
    /// <summary>For pods of class Guaranteed and those that the node cannot do without.</summary>
    public const int Guaranteed = -997;

    /// <summary>For pods of class BestEffort.</summary>
    public const int BestEffort = 1000;

    private const int BurstableMin = 3;
    private const int BurstableMax = 999;

    /// <summary>The correction for a container, from -1000 (never) to 1000 (first), as in <c>/proc/PID/oom_score_adj</c>.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">One of its containers.</param>
    /// <param name="capacityBytes">The machine's memory.</param>
    public static int Adjustment(Pod pod, Container container, long capacityBytes)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(container);
        if (CriticalPod.IsForItsNode(pod))
        {
            return Guaranteed;
        }

        return QosClass.Of(pod.Spec) switch
        {
            QosClass.Guaranteed => Guaranteed,
            QosClass.BestEffort => BestEffort,
            _ => Burstable(Request(pod.Spec, container), capacityBytes),
        };
    }

    /// <summary>How bad it is to let a container live: its memory, and a thousandth of all memory for each point of its correction.</summary>
    public static long Badness(long usedBytes, int adjustment, long totalBytes) => usedBytes + (adjustment * (totalBytes / 1000));

    private static int Burstable(long requestBytes, long capacityBytes)
    {
        var adjustment = 1000 - (capacityBytes <= 0 ? 0 : (long)(1000 * (decimal)requestBytes / capacityBytes));
        return (int)Math.Clamp(adjustment, BurstableMin, BurstableMax);
    }

    // A sidecar is not to be killed before those it serves, so it counts as if it requested no less than the least of them.
    private static long Request(PodSpec spec, Container container)
    {
        var own = PodRequests.Of(container, "memory");
        var isSidecar = container.RestartPolicy == "Always" && spec.InitContainers.Exists(c => c.Name == container.Name);
        return isSidecar && !spec.Containers.IsEmpty ? Math.Max(own, spec.Containers.Min(c => PodRequests.Of(c, "memory"))) : own;
    }
}
