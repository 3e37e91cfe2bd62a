using KubeLab.Autoscaling.Nodes.Expanders;

namespace KubeLab.Autoscaling.Nodes;

/// <summary>The cluster autoscaler's settings, each with the name of upstream's flag and its default.</summary>
/// <seealso href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-are-the-parameters-to-ca">What are the parameters to CA?</seealso>
public sealed record ClusterAutoscalerOptions
{
    /// <summary><c>--scan-interval</c>: how often it looks.</summary>
    public TimeSpan ScanInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>--expander</c>: which group grows when several could; each one of a chain leaves options to the next, and chance decides among the last.</summary>
    public IReadOnlyList<ExpanderName> Expanders { get; init; } = [ExpanderName.LeastWaste];

    /// <summary><c>--max-nodes-total</c>: the most nodes of the whole cluster; 0 for no limit.</summary>
    public int MaxNodesTotal { get; init; }

    /// <summary><c>--cores-total</c>: the fewest and most cores of the whole cluster.</summary>
    public ResourceRange CoresTotal { get; init; } = new(0, 5_000 * 64);

    /// <summary><c>--memory-total</c>: the least and most memory of the whole cluster, in GiB.</summary>
    public ResourceRange MemoryTotalGib { get; init; } = new(0, 5_000 * 64 * 20);

    /// <summary><c>--max-nodes-per-scaleup</c>: the most nodes that one estimate adds.</summary>
    public int MaxNodesPerScaleUp { get; init; } = 1000;

    /// <summary><c>--balance-similar-node-groups</c>: whether groups that differ by their zone alone are kept at the same size.</summary>
    public bool BalanceSimilarNodeGroups { get; init; }

    /// <summary><c>--balancing-ignore-label</c>: further labels by which groups may differ and still be similar.</summary>
    public IReadOnlyList<string> BalancingIgnoredLabels { get; init; } = [];

    /// <summary><c>--new-pod-scale-up-delay</c>: pods younger than this wait.</summary>
    public TimeSpan NewPodScaleUpDelay { get; init; }

    /// <summary><c>--expendable-pods-priority-cutoff</c>: pods below this priority neither cause a scale-up nor prevent a scale-down.</summary>
    public int ExpendablePodsPriorityCutoff { get; init; } = -10;

    /// <summary><c>--max-node-provision-time</c>: how long a machine may take from its order to its node.</summary>
    public TimeSpan MaxNodeProvisionTime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary><c>--max-total-unready-percentage</c>: above this share of unready nodes it does nothing.</summary>
    public double MaxTotalUnreadyPercentage { get; init; } = 45;

    /// <summary><c>--ok-total-unready-count</c>: so many unready nodes are all right whatever their share.</summary>
    public int OkTotalUnreadyCount { get; init; } = 3;

    /// <summary><c>--initial-node-group-backoff-duration</c>: how long a group is left alone after a scale-up failed; it doubles.</summary>
    public TimeSpan InitialNodeGroupBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary><c>--max-node-group-backoff-duration</c>: the longest such time.</summary>
    public TimeSpan MaxNodeGroupBackoff { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>--node-group-backoff-reset-timeout</c>: how long after the last failure it is forgotten.</summary>
    public TimeSpan NodeGroupBackoffReset { get; init; } = TimeSpan.FromHours(3);

    /// <summary><c>--enforce-node-group-min-size</c>: whether groups below their minimum grow to it.</summary>
    public bool EnforceNodeGroupMinSize { get; init; }

    /// <summary><c>--scale-down-enabled</c>: whether nodes are removed at all.</summary>
    public bool ScaleDownEnabled { get; init; } = true;

    /// <summary><c>--scale-down-unready-enabled</c>: whether unready nodes are removed.</summary>
    public bool ScaleDownUnreadyEnabled { get; init; } = true;

    /// <summary><c>--scale-down-utilization-threshold</c>: below this share of requests to allocatable a node may be unneeded.</summary>
    public double ScaleDownUtilizationThreshold { get; init; } = 0.5;

    /// <summary><c>--scale-down-gpu-utilization-threshold</c>: the same for nodes with GPUs, whose GPUs alone count.</summary>
    public double ScaleDownGpuUtilizationThreshold { get; init; } = 0.5;

    /// <summary><c>--scale-down-unneeded-time</c>: how long a node must have been unneeded.</summary>
    public TimeSpan ScaleDownUnneededTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>--scale-down-unready-time</c>: the same for an unready node.</summary>
    public TimeSpan ScaleDownUnreadyTime { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary><c>--scale-down-delay-after-add</c>: how long after a scale-up nothing is removed.</summary>
    public TimeSpan ScaleDownDelayAfterAdd { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>--scale-down-delay-after-delete</c>: how long after a removal nothing is removed.</summary>
    public TimeSpan ScaleDownDelayAfterDelete { get; init; }

    /// <summary><c>--scale-down-delay-after-failure</c>: how long after a removal failed nothing is removed.</summary>
    public TimeSpan ScaleDownDelayAfterFailure { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary><c>--unremovable-node-recheck-timeout</c>: how long a node whose removal was tried in vain is not tried again.</summary>
    public TimeSpan UnremovableNodeRecheckTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary><c>--max-scale-down-parallelism</c> (formerly <c>--max-empty-bulk-delete</c>): the most nodes that go at once.</summary>
    public int MaxScaleDownParallelism { get; init; } = 10;

    /// <summary><c>--max-drain-parallelism</c>: the most nodes with pods on them that go at once.</summary>
    public int MaxDrainParallelism { get; init; } = 1;

    /// <summary><c>--node-delete-delay-after-taint</c>: from the taint to the deletion, so that the scheduler has seen it.</summary>
    public TimeSpan NodeDeleteDelayAfterTaint { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary><c>--max-graceful-termination-sec</c>: the longest grace that an evicted pod gets.</summary>
    public TimeSpan MaxGracefulTermination { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary><c>--max-pod-eviction-time</c>: how long an eviction that is refused is tried again.</summary>
    public TimeSpan MaxPodEvictionTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary><c>--cordon-node-before-terminating</c>: whether a node is cordoned besides being tainted.</summary>
    public bool CordonNodeBeforeTerminating { get; init; }

    /// <summary><c>--max-bulk-soft-taint-count</c>: the most nodes that are marked or unmarked as candidates in one loop; 0 marks none.</summary>
    public int MaxBulkSoftTaintCount { get; init; } = 10;

    /// <summary><c>--daemonset-eviction-for-empty-nodes</c>: whether daemon pods of nodes without other pods are evicted.</summary>
    public bool DaemonSetEvictionForEmptyNodes { get; init; }

    /// <summary><c>--daemonset-eviction-for-occupied-nodes</c>: whether daemon pods of other nodes are evicted.</summary>
    public bool DaemonSetEvictionForOccupiedNodes { get; init; } = true;

    /// <summary><c>--ignore-daemonsets-utilization</c>: whether daemon pods are left out of a node's utilisation.</summary>
    public bool IgnoreDaemonSetsUtilization { get; init; }

    /// <summary><c>--ignore-mirror-pods-utilization</c>: whether static pods are left out of it.</summary>
    public bool IgnoreMirrorPodsUtilization { get; init; }

    /// <summary><c>--skip-nodes-with-system-pods</c>: whether pods of kube-system without a budget keep their node.</summary>
    public bool SkipNodesWithSystemPods { get; init; } = true;

    /// <summary><c>--skip-nodes-with-local-storage</c>: whether pods with emptyDir or hostPath keep their node.</summary>
    public bool SkipNodesWithLocalStorage { get; init; } = true;

    /// <summary><c>--skip-nodes-with-custom-controller-pods</c>: whether pods of other controllers than the built-in ones keep their node.</summary>
    public bool SkipNodesWithCustomControllerPods { get; init; } = true;

    /// <summary><c>--min-replica-count</c>: pods of a set that wants fewer keep their node.</summary>
    public int MinReplicaCount { get; init; }

    /// <summary>The first thing wrong with the settings, naming the flag; null when nothing is.</summary>
    public string? Problem() =>
        ScanInterval <= TimeSpan.Zero ? $"scan-interval must be positive, not {ScanInterval}"
        : Expanders.Count == 0 ? "expander must name one"
        : Expanders.Distinct().Count() < Expanders.Count ? $"expander {string.Join(",", Expanders.Select(e => e.Word()))} was specified multiple times"
        : ScaleDownUtilizationThreshold is < 0 or > 1 ? FormattableString.Invariant($"scale-down-utilization-threshold must lie between 0 and 1, not {ScaleDownUtilizationThreshold}")
        : ScaleDownGpuUtilizationThreshold is < 0 or > 1 ? FormattableString.Invariant($"scale-down-gpu-utilization-threshold must lie between 0 and 1, not {ScaleDownGpuUtilizationThreshold}")
        : MaxTotalUnreadyPercentage is < 0 or > 100 ? FormattableString.Invariant($"max-total-unready-percentage must lie between 0 and 100, not {MaxTotalUnreadyPercentage}")
        : MaxDrainParallelism < 1 ? $"max-drain-parallelism must be at least 1, not {MaxDrainParallelism}"
        : MaxDrainParallelism > MaxScaleDownParallelism ? $"max-drain-parallelism must not exceed max-scale-down-parallelism: {MaxDrainParallelism} > {MaxScaleDownParallelism}"
        : CoresTotal.Min < 0 || CoresTotal.Max < CoresTotal.Min ? $"cores-total must be min:max with 0 <= min <= max, not {CoresTotal.Min}:{CoresTotal.Max}"
        : MemoryTotalGib.Min < 0 || MemoryTotalGib.Max < MemoryTotalGib.Min ? $"memory-total must be min:max with 0 <= min <= max, not {MemoryTotalGib.Min}:{MemoryTotalGib.Max}"
        : MaxNodesTotal < 0 ? $"max-nodes-total must not be negative: {MaxNodesTotal}"
        : InitialNodeGroupBackoff > MaxNodeGroupBackoff ? "initial-node-group-backoff-duration must not exceed max-node-group-backoff-duration"
        : null;
}

/// <summary>The least and the most of something.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
public readonly record struct ResourceRange(long Min, long Max);
