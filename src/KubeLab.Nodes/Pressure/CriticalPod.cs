using KubeLab.Api.Core;

namespace KubeLab.Nodes.Pressure;

/// <summary>Pods that a kubelet neither evicts nor turns away under pressure.</summary>
/// <remarks>Upstream: IsCriticalPod in pkg/kubelet/types.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/">Critical pods</seealso>
public static class CriticalPod
{
    private const int SystemCriticalPriority = 2_000_000_000;

    /// <summary>Static pods, their mirrors, and pods of the two highest priority classes.</summary>
    public static bool Is(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return pod.Spec.Priority >= SystemCriticalPriority
            || pod.Metadata.Annotations["kubernetes.io/config.mirror"] is not null
            || pod.Metadata.Annotations["kubernetes.io/config.source"] is { } source && source != "api";
    }

    /// <summary>Those of them that the node itself cannot do without.</summary>
    public static bool IsForItsNode(Pod pod) => Is(pod) && pod.Spec.PriorityClassName == "system-node-critical";
}
