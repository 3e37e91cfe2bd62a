using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>A pod that keeps its node from going.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Reason">Why, as upstream calls it.</param>
/// <param name="Message">Upstream's sentence.</param>
public sealed record BlockingPod(Pod Pod, BlockingPodReason Reason, string Message);

/// <summary>Why a pod keeps its node from going.</summary>
/// <remarks>Upstream: drain.BlockingPodReason.</remarks>
public enum BlockingPodReason
{
    /// <summary>The owner that it names does not exist.</summary>
    ControllerNotFound,

    /// <summary>Its set wants fewer copies than must be for it to be moved.</summary>
    MinReplicasReached,

    /// <summary>Nobody would make it again.</summary>
    NotReplicated,

    /// <summary>What it keeps in emptyDir or hostPath would be lost.</summary>
    LocalStorageRequested,

    /// <summary>An annotation says that it must not be evicted.</summary>
    NotSafeToEvictAnnotation,

    /// <summary>It belongs to the system and no budget says that it may be moved.</summary>
    UnmovableKubeSystemPod,

    /// <summary>Its budget lets no more pods go.</summary>
    NotEnoughPdb,
}
