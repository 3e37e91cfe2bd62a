using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Prefers nodes on which CPU and memory would be reserved to the same degree, so that neither is stranded.</summary>
/// <remarks>Pods that request none of the resources are left out. Upstream: scheduler/framework/plugins/noderesources balanced_allocation.go.</remarks>
/// <param name="resources">The resources that are balanced; CPU and memory when null.</param>
public sealed class NodeResourcesBalancedAllocation(IReadOnlyList<ResourceWeight>? resources = null) : IScorePlugin
{
    private readonly string[] names = [.. (resources ?? ScoringStrategy.CpuAndMemory).Select(r => r.Name)];

    /// <inheritdoc/>
    public string Name => "NodeResourcesBalancedAllocation";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.None;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public Verdict PreScore(CycleState state, PodInfo pod, Candidates nodes)
    {
        foreach (var name in names)
        {
            if (pod.Demand.Requests.Of(name) != 0)
            {
                return Verdict.Success;
            }
        }

        return Verdict.Skip;
    }

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        Span<double> shares = stackalloc double[names.Length];
        var count = 0;
        foreach (var name in names)
        {
            var (own, capacity) = (pod.Demand.Requests.Of(name), node.Allocatable.Of(name));
            if (capacity != 0 && (own != 0 || name is "cpu" or "memory" or "ephemeral-storage"))
            {
                shares[count++] = Math.Min(1, (double)(node.Requested.Of(name) + own) / capacity);
            }
        }

        return Balance(shares[..count]);
    }

    /// <inheritdoc/>
    public bool Normalize(Span<long> scores) => false;

    /// <summary>100 less the standard deviation (in hundredths) of the two reserved shares, each at most 1; truncated.</summary>
    public static long Balance(long cpuRequested, long cpuAllocatable, long memoryRequested, long memoryAllocatable)
    {
        if (cpuAllocatable == 0 || memoryAllocatable == 0)
        {
            return 100;
        }

        return Balance([Math.Min(1, (double)cpuRequested / cpuAllocatable), Math.Min(1, (double)memoryRequested / memoryAllocatable)]);
    }

    private static long Balance(ReadOnlySpan<double> shares)
    {
        double deviation = 0;
        if (shares.Length == 2)
        {
            deviation = Math.Abs((shares[0] - shares[1]) / 2);
        }
        else if (shares.Length > 2)
        {
            double sum = 0, squares = 0;
            foreach (var share in shares)
            {
                sum += share;
            }

            var mean = sum / shares.Length;
            foreach (var share in shares)
            {
                squares += (share - mean) * (share - mean);
            }

            deviation = Math.Sqrt(squares / shares.Length);
        }

        return (long)((1 - deviation) * 100);
    }
}
