using KubeLab.Api.Core;
using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.Pressure;

/// <summary>Which pods a node under pressure still takes on.</summary>
/// <remarks>Upstream: Admit in pkg/kubelet/eviction/eviction_manager.go.</remarks>
internal static class EvictionAdmission
{
    private const string MemoryTaint = "node.kubernetes.io/memory-pressure";

    /// <summary>Why the pod is turned away, or null.</summary>
    public static AdmissionRefusal? Judge(Pod pod, IReadOnlyList<string> conditions)
    {
        if (conditions.Count == 0 || CriticalPod.Is(pod))
        {
            return null;
        }

        // A shortage of memory alone keeps only those away that promise nothing; any other keeps all away.
        if (conditions is ["MemoryPressure"] && (QosClass.Of(pod.Spec) != QosClass.BestEffort || pod.Spec.Tolerations.Exists(ToleratesPressure)))
        {
            return null;
        }

        return new AdmissionRefusal("Evicted", $"The node had condition: [{string.Join(' ', conditions)}]. ");
    }

    private static bool ToleratesPressure(Toleration toleration) =>
        toleration.Effect is null or "" or "NoSchedule"
        && toleration.Key is null or "" or MemoryTaint
        && (toleration.Operator == "Exists" || (toleration.Operator is null or "" or "Equal" && toleration.Key == MemoryTaint && string.IsNullOrEmpty(toleration.Value)));
}
