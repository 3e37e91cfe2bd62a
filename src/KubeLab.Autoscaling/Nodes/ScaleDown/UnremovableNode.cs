namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>A node that stays, and why.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Reason">Why, as upstream calls it.</param>
/// <param name="Blocker">The pod in the way, for <see cref="UnremovableReason.BlockedByPod"/>.</param>
/// <param name="Detail">Which pod found no place, or a filter's words; null where there is no more to say.</param>
public sealed record UnremovableNode(string Node, UnremovableReason Reason, BlockingPod? Blocker = null, string? Detail = null);

/// <summary>Why a node stays.</summary>
/// <remarks>Upstream: simulator.UnremovableReason.</remarks>
public enum UnremovableReason
{
    /// <summary>An annotation of the node forbids it.</summary>
    ScaleDownDisabledAnnotation,

    /// <summary>It is unready, and unready nodes are not removed.</summary>
    ScaleDownUnreadyDisabled,

    /// <summary>It belongs to no group that is scaled.</summary>
    NotAutoscaled,

    /// <summary>It has not been unneeded long enough.</summary>
    NotUnneededLongEnough,

    /// <summary>It has not been unready long enough.</summary>
    NotUnreadyLongEnough,

    /// <summary>Its group has as few nodes as it may have.</summary>
    NodeGroupMinSizeReached,

    /// <summary>The cluster would have fewer cores or less memory than it must have.</summary>
    MinimalResourceLimitExceeded,

    /// <summary>It is going already.</summary>
    CurrentlyBeingDeleted,

    /// <summary>Too much of it is requested.</summary>
    NotUnderutilized,

    /// <summary>It was tried a short while ago, in vain.</summary>
    RecentlyUnremovable,

    /// <summary>Its pods fit nowhere else.</summary>
    NoPlaceToMovePods,

    /// <summary>One of its pods must stay.</summary>
    BlockedByPod,

    /// <summary>It does not say how much it has.</summary>
    UnexpectedError,
}
