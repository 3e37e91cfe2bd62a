using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Prefers nodes on which CPU and memory would be reserved to the same degree, so that neither is stranded.</summary>
/// <remarks>Pods that request neither are left out. Upstream: scheduler/framework/plugins/noderesources balanced_allocation.go.</remarks>
public sealed class NodeResourcesBalancedAllocation : IScorePlugin
{
    /// <inheritdoc/>
    public string Name => "NodeResourcesBalancedAllocation";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.None;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        pod.Demand.Requests is { MilliCpu: 0, MemoryBytes: 0 } ? Verdict.Skip : Verdict.Success;

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node) => Balance(
        node.Requested.MilliCpu + pod.Demand.Requests.MilliCpu,
        node.Allocatable.MilliCpu,
        node.Requested.MemoryBytes + pod.Demand.Requests.MemoryBytes,
        node.Allocatable.MemoryBytes);

    /// <inheritdoc/>
    public bool Normalize(Span<long> scores) => false;

    /// <summary>100 less the standard deviation (in hundredths) of the two reserved shares, each at most 1; truncated.</summary>
    public static long Balance(long cpuRequested, long cpuAllocatable, long memoryRequested, long memoryAllocatable)
    {
        if (cpuAllocatable == 0 || memoryAllocatable == 0)
        {
            return 100;
        }

        var cpu = Math.Min(1, (double)cpuRequested / cpuAllocatable);
        var memory = Math.Min(1, (double)memoryRequested / memoryAllocatable);
        return (long)((1 - (Math.Abs(cpu - memory) / 2)) * 100);
    }
}
