using KubeLab.Api;

namespace KubeLab.Scheduling.Framework;

/// <summary>Changes of the cluster that can make an unschedulable pod schedulable.</summary>
[Flags]
public enum ClusterChange
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A node came.</summary>
    NodeAdded = 1,

    /// <summary>What a node can hold changed.</summary>
    NodeAllocatable = 2,

    /// <summary>A node's labels changed.</summary>
    NodeLabels = 4,

    /// <summary>A node's taints changed, or it was uncordoned.</summary>
    NodeTaints = 8,

    /// <summary>A pod left a node.</summary>
    AssignedPodDeleted = 16,

    /// <summary>The waiting pod itself changed: labels, tolerations, gates, requests.</summary>
    PodUpdated = 32,

    /// <summary>A pod got a node.</summary>
    AssignedPodAdded = 64,

    /// <summary>The labels of a pod on a node changed.</summary>
    AssignedPodLabels = 128,

    /// <summary>A pod on a node asks for less than before.</summary>
    AssignedPodShrunk = 256,

    /// <summary>A claim came or changed.</summary>
    ClaimChanged = 512,

    /// <summary>A volume came or changed.</summary>
    VolumeChanged = 1024,

    /// <summary>A storage class came or changed.</summary>
    StorageClassChanged = 2048,

    /// <summary>How many volumes a node can attach changed.</summary>
    CsiNodeChanged = 4096,

    /// <summary>A node went, which moves the balance between the others.</summary>
    NodeDeleted = 8192,
}

/// <summary>A change with what was and what is, for plugins that look closer before they wake a pod.</summary>
/// <param name="Change">Of which kinds.</param>
/// <param name="Old">What was; null for what is new.</param>
/// <param name="New">What is; null for what is gone.</param>
/// <remarks>Upstream: framework.ClusterEvent and the arguments of a queueing hint.</remarks>
public readonly record struct ClusterEvent(ClusterChange Change, IApiObject? Old = null, IApiObject? New = null);
