using KubeLab.Api.Core;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Autoscaling.JustInTime;

/// <summary>Which pods want a node, would want another one, may be evicted, and which keep a node.</summary>
/// <remarks>Upstream: pkg/utils/pod/scheduling.go.</remarks>
internal static class PodSorts
{
    private static readonly Taint DisruptedTaint = new() { Key = KarpenterNames.Disrupted, Effect = "NoSchedule" };

    /// <summary>Whether the scheduler has found no node for it and a new one might help.</summary>
    public static bool IsProvisionable(Pod pod) =>
        string.IsNullOrEmpty(pod.Spec.NodeName)
        && string.IsNullOrEmpty(pod.Status.NominatedNodeName)
        && pod.Status.Conditions.Exists(c => c is { Type: "PodScheduled", Reason: "Unschedulable" })
        && IsActive(pod) && !IsDaemon(pod) && !IsNodes(pod);

    /// <summary>Whether it would need another node when its own goes.</summary>
    public static bool IsReschedulable(Pod pod) =>
        (IsActive(pod) || (IsOwnedBy(pod, "StatefulSet") && !IsOver(pod))) && !IsDaemon(pod) && !IsNodes(pod);

    /// <summary>Whether the eviction is to be asked for now.</summary>
    public static bool IsEvictable(Pod pod) => IsActive(pod) && !ToleratesDisruption(pod) && !IsNodes(pod) && !KeepsNode(pod);

    /// <summary>Whether the node's end waits for it.</summary>
    public static bool IsWaitedFor(Pod pod, DateTimeOffset now) =>
        !IsOver(pod) && !ToleratesDisruption(pod) && !IsNodes(pod) && !IsStuck(pod, now);

    /// <summary>Whether its owner does not want it disrupted.</summary>
    public static bool KeepsNode(Pod pod) => IsActive(pod) && pod.Metadata.Annotations[KarpenterNames.DoNotDisrupt] == "true";

    public static bool IsDaemon(Pod pod) => IsOwnedBy(pod, "DaemonSet");

    /// <summary>Whether it belongs to the node itself: a static pod's mirror.</summary>
    public static bool IsNodes(Pod pod) => IsOwnedBy(pod, "Node");

    public static bool IsCritical(Pod pod) => pod.Spec.PriorityClassName is "system-cluster-critical" or "system-node-critical";

    /// <summary>Whether it runs or will, and nobody has deleted it.</summary>
    public static bool IsActive(Pod pod) => !IsOver(pod) && pod.Metadata.DeletionTimestamp is null;

    private static bool IsOver(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    private static bool ToleratesDisruption(Pod pod) => TaintToleration.Tolerates(pod.Spec.Tolerations, DisruptedTaint);

    // A kubelet that is gone never says that its pod has ended.
    private static bool IsStuck(Pod pod, DateTimeOffset now) => pod.Metadata.DeletionTimestamp is { } end && now > end.Instant + TimeSpan.FromMinutes(1);

    private static bool IsOwnedBy(Pod pod, string kind) => pod.Metadata.OwnerReferences.Exists(o => o.Kind == kind);
}
