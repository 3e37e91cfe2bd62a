using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.Autoscaling.Nodes;

/// <summary>What the cluster autoscaler asks of pods again and again.</summary>
/// <remarks>Upstream: utils/drain and utils/pod.</remarks>
public static class PodTraits
{
    /// <summary>How long beyond its grace a pod may take to end before it counts as gone.</summary>
    public static readonly TimeSpan LongTerminatingExtra = TimeSpan.FromSeconds(30);

    private const long GraceSecondsDefault = 30;
    private const string DaemonSetPodAnnotation = "cluster-autoscaler.kubernetes.io/daemonset-pod";

    /// <summary>The owner that controls it, or null.</summary>
    public static OwnerReference? ControllerOf(Pod pod) => pod.Metadata.OwnerReferences.Find(static o => o.Controller == true);

    /// <summary>Whether it stands for a static pod.</summary>
    public static bool IsMirror(Pod pod) => pod.Metadata.Annotations.ContainsKey("kubernetes.io/config.mirror");

    /// <summary>Whether a daemon set made it, or an annotation says that it is as good as such.</summary>
    public static bool IsDaemon(Pod pod) => ControllerOf(pod)?.Kind == "DaemonSet" || pod.Metadata.Annotations[DaemonSetPodAnnotation] == "true";

    /// <summary>Whether it should be gone by now: its grace and 30 s more have passed since its deletion.</summary>
    public static bool IsLongTerminating(Pod pod, DateTimeOffset now) =>
        pod.Metadata.DeletionTimestamp is { } deleted
        && deleted.Instant + TimeSpan.FromSeconds(pod.Spec.TerminationGracePeriodSeconds ?? GraceSecondsDefault) + LongTerminatingExtra < now;

    /// <summary>Whether it will never run again.</summary>
    public static bool IsTerminal(Pod pod) =>
        pod.Status.Phase == "Failed" || (pod.Status.Phase == "Succeeded" && pod.Spec.RestartPolicy is ("Never" or "OnFailure"));

    /// <summary>Whether the scheduler has said that no node takes it.</summary>
    public static bool IsUnschedulable(Pod pod) =>
        string.IsNullOrEmpty(pod.Spec.NodeName) && pod.Metadata.DeletionTimestamp is null
        && pod.Status.Conditions.Exists(static c => c is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" });

    /// <summary>The pod as a new one of its controller would be: without a node.</summary>
    public static Pod Unbound(Pod pod) => pod with { Spec = pod.Spec with { NodeName = null }, Status = pod.Status with { NominatedNodeName = null } };
}
