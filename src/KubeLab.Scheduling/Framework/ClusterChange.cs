namespace KubeLab.Scheduling.Framework;

/// <summary>Changes of the cluster that can make an unschedulable pod schedulable.</summary>
[Flags]
public enum ClusterChange
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A node came.</summary>
    NodeAdded = 1,

    /// <summary>A node can hold more.</summary>
    NodeAllocatable = 2,

    /// <summary>A node's labels changed.</summary>
    NodeLabels = 4,

    /// <summary>A node's taints changed, or it was uncordoned.</summary>
    NodeTaints = 8,

    /// <summary>A pod left a node.</summary>
    AssignedPodDeleted = 16,

    /// <summary>The waiting pod itself changed.</summary>
    PodUpdated = 32,
}
