using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>What may be done with each pod of a node that is to go: left alone, moved, or it keeps the node. The first rule that has something to say decides.</summary>
/// <remarks>Upstream: simulator/drainability/rules, in their order.</remarks>
/// <param name="options">The settings.</param>
/// <param name="controllers">Finds owners; null leaves out the rules about them.</param>
/// <seealso href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-types-of-pods-can-prevent-ca-from-removing-a-node">What types of pods can prevent CA from removing a node?</seealso>
public sealed class DrainRules(ClusterAutoscalerOptions options, IControllerLookup? controllers)
{
    /// <summary>Says <c>true</c> that a pod may be evicted whatever else is the case, <c>false</c> that it must not be.</summary>
    public const string SafeToEvict = "cluster-autoscaler.kubernetes.io/safe-to-evict";

    /// <summary>Names volumes, separated by commas, whose content may be lost.</summary>
    public const string SafeToEvictLocalVolumes = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes";

    /// <summary>What the rules say of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="budgets">What budgets allow.</param>
    /// <param name="now">The present.</param>
    public DrainVerdict Judge(Pod pod, RemainingBudgets budgets, DateTimeOffset now)
    {
        if (PodTraits.IsMirror(pod) || PodTraits.IsLongTerminating(pod, now))
        {
            return DrainVerdict.Skip;
        }

        if (options.SkipNodesWithCustomControllerPods && OfOwner(pod) is { } missing)
        {
            return DrainVerdict.Blocked(missing);
        }

        // A daemon serves its node and goes with it.
        if (PodTraits.IsDaemon(pod))
        {
            return DrainVerdict.Skip;
        }

        if (pod.Metadata.Annotations[SafeToEvict] == "true" || PodTraits.IsTerminal(pod))
        {
            return DrainVerdict.Drain;
        }

        return (OfReplication(pod) ?? OfSystem(pod, budgets) ?? OfAnnotation(pod) ?? OfStorage(pod) ?? OfBudget(pod, budgets)) is { } blocker
            ? DrainVerdict.Blocked(blocker)
            : DrainVerdict.Drain;
    }

    private BlockingPod? OfOwner(Pod pod)
    {
        if (controllers is null || PodTraits.ControllerOf(pod) is not { } owner)
        {
            return null;
        }

        var group = owner.ApiVersion.Split('/') is [var name, _] ? name : "";
        var (what, ownsCount) = owner.Kind switch
        {
            "ReplicationController" => ("replication controller", true),
            "DaemonSet" when group == "apps" => ("daemonset", false),
            _ when PodTraits.IsDaemon(pod) => ("", false),
            "Job" => ("job", false),
            "ReplicaSet" => ("replication controller", true),
            "StatefulSet" when group == "apps" => ("statefulset", false),
            _ => ("", false),
        };
        if (what.Length == 0)
        {
            return null;
        }

        var id = $"{pod.Metadata.Namespace}/{pod.Metadata.Name}";
        var (exists, replicas) = controllers.Find(pod.Metadata.Namespace ?? "", owner);
        if (!exists)
        {
            return new BlockingPod(pod, BlockingPodReason.ControllerNotFound, owner.Kind == "DaemonSet" ? $"daemonset for {id} is not present" : $"{what} for {id} is not available");
        }

        return ownsCount && replicas < options.MinReplicaCount
            ? new BlockingPod(pod, BlockingPodReason.MinReplicasReached, $"{what} for {id} has too few replicas spec: {replicas} min: {options.MinReplicaCount}")
            : null;
    }

    private BlockingPod? OfReplication(Pod pod)
    {
        var owner = PodTraits.ControllerOf(pod);
        var isReplicated = owner is not null && (!options.SkipNodesWithCustomControllerPods || owner.Kind is "ReplicationController" or "Job" or "ReplicaSet" or "StatefulSet");
        return isReplicated ? null : new BlockingPod(pod, BlockingPodReason.NotReplicated, $"{pod.Metadata.Namespace}/{pod.Metadata.Name} is not replicated");
    }

    private BlockingPod? OfSystem(Pod pod, RemainingBudgets budgets) =>
        options.SkipNodesWithSystemPods && pod.Metadata.Namespace == "kube-system" && !budgets.Guards(pod)
            ? new BlockingPod(pod, BlockingPodReason.UnmovableKubeSystemPod, $"non-daemonset, non-mirrored, non-pdb-assigned kube-system pod present: {pod.Metadata.Name}")
            : null;

    private static BlockingPod? OfAnnotation(Pod pod) => pod.Metadata.Annotations[SafeToEvict] == "false"
        ? new BlockingPod(pod, BlockingPodReason.NotSafeToEvictAnnotation, $"pod annotated as not safe to evict present: {pod.Metadata.Name}")
        : null;

    private BlockingPod? OfStorage(Pod pod) => options.SkipNodesWithLocalStorage && HasBlockingStorage(pod)
        ? new BlockingPod(pod, BlockingPodReason.LocalStorageRequested, $"pod with local storage present: {pod.Metadata.Name}")
        : null;

    private static BlockingPod? OfBudget(Pod pod, RemainingBudgets budgets) => budgets.Allow(pod)
        ? null
        : new BlockingPod(pod, BlockingPodReason.NotEnoughPdb, $"not enough pod disruption budget to move {pod.Metadata.Namespace}/{pod.Metadata.Name}");

    /// <summary>Memory is not storage: what lies in it is lost with every restart anyway.</summary>
    private static bool HasBlockingStorage(Pod pod)
    {
        var safe = pod.Metadata.Annotations[SafeToEvictLocalVolumes]?.Split(',') ?? [];
        return pod.Spec.Volumes.Exists(v => (v.HostPath is not null || (v.EmptyDir is not null && v.EmptyDir.Medium != "Memory")) && !safe.Contains(v.Name));
    }
}

/// <summary>What may be done with a pod of a node that is to go.</summary>
/// <param name="Outcome">Which.</param>
/// <param name="Blocker">What keeps the node, for <see cref="DrainOutcome.Blocked"/>.</param>
public readonly record struct DrainVerdict(DrainOutcome Outcome, BlockingPod? Blocker = null)
{
    /// <summary>It goes with the node; nobody has to move it.</summary>
    public static DrainVerdict Skip => new(DrainOutcome.Skip);

    /// <summary>It has to be moved.</summary>
    public static DrainVerdict Drain => new(DrainOutcome.Drain);

    /// <summary>It keeps the node.</summary>
    public static DrainVerdict Blocked(BlockingPod blocker) => new(DrainOutcome.Blocked, blocker);
}

/// <summary>What may be done with a pod of a node that is to go.</summary>
public enum DrainOutcome
{
    /// <summary>It goes with the node.</summary>
    Skip,

    /// <summary>It has to be moved.</summary>
    Drain,

    /// <summary>It keeps the node.</summary>
    Blocked,
}
