namespace KubeLab.Observing.Costs;

/// <summary>What a part of a bill was for.</summary>
public enum CostShare
{
    /// <summary>What pods used, what services had rented, and traffic.</summary>
    Used,

    /// <summary>What pods requested and did not use: room that nobody else could get.</summary>
    Slack,

    /// <summary>Room that nobody requested, on nodes where at least one more pod of the cluster's would fit.</summary>
    Unallocated,

    /// <summary>Room that nobody requested, on nodes where not even the smallest pod of the cluster's fits.</summary>
    Fragmentation,

    /// <summary>The control plane, its fee, the system's part of each node, kube-system, and machines that are not in service.</summary>
    Overhead,

    /// <summary>Disks, addresses and buckets that no pod and no service used.</summary>
    Idle,
}
