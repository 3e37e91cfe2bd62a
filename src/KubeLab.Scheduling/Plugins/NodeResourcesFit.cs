using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses nodes whose unreserved resources do not cover what the pod requests, and prefers those that keep most of theirs.</summary>
/// <remarks>It counts requests, never usage and never limits. Upstream: scheduler/framework/plugins/noderesources fit.go, strategy LeastAllocated.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/">Resource management</seealso>
public sealed class NodeResourcesFit : IFilterPlugin, IScorePlugin
{
    private static readonly string[] ReasonByMask = ["Insufficient cpu", "Insufficient memory", "Insufficient ephemeral-storage", "Too many pods"];

    /// <inheritdoc/>
    public string Name => "NodeResourcesFit";

    /// <inheritdoc/>
    public ClusterChange HelpedBy =>
        ClusterChange.NodeAdded | ClusterChange.NodeAllocatable | ClusterChange.AssignedPodDeleted | ClusterChange.PodUpdated;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var asked = pod.Demand.Requests;
        ref readonly var has = ref node.Allocatable;
        ref readonly var taken = ref node.Requested;
        var fits = taken.Pods + 1 <= has.Pods
            && (asked.MilliCpu == 0 || asked.MilliCpu <= has.MilliCpu - taken.MilliCpu)
            && (asked.MemoryBytes == 0 || asked.MemoryBytes <= has.MemoryBytes - taken.MemoryBytes)
            && (asked.EphemeralBytes == 0 || asked.EphemeralBytes <= has.EphemeralBytes - taken.EphemeralBytes)
            && asked.Extended is null;
        return fits ? Verdict.Success : Explain(asked, has, taken);
    }

    /// <inheritdoc/>
    public Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) => Verdict.Success;

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node) =>
        LeastAllocated(pod.Demand.NonZeroRequests, node.Allocatable, node.NonZeroRequested);

    /// <inheritdoc/>
    public bool Normalize(Span<long> scores) => false;

    /// <summary>The mean over CPU and memory of the share that stays free, 0 to 100, truncated at each step.</summary>
    public static long LeastAllocated(in ResourceVector asked, in ResourceVector allocatable, in ResourceVector taken)
    {
        long sum = 0, weight = 0;
        Add(taken.MilliCpu + asked.MilliCpu, allocatable.MilliCpu, ref sum, ref weight);
        Add(taken.MemoryBytes + asked.MemoryBytes, allocatable.MemoryBytes, ref sum, ref weight);
        return weight == 0 ? 0 : sum / weight;
    }

    private static void Add(long requested, long capacity, ref long sum, ref long weight)
    {
        if (capacity == 0)
        {
            return;
        }

        sum += requested > capacity ? 0 : (capacity - requested) * 100 / capacity;
        weight++;
    }

    private static Verdict Explain(in ResourceVector asked, in ResourceVector has, in ResourceVector taken)
    {
        var reasons = new List<string>();
        var never = false;
        if (taken.Pods + 1 > has.Pods)
        {
            reasons.Add(ReasonByMask[3]);
        }

        Check(asked.MilliCpu, has.MilliCpu, taken.MilliCpu, ReasonByMask[0], reasons, ref never);
        Check(asked.MemoryBytes, has.MemoryBytes, taken.MemoryBytes, ReasonByMask[1], reasons, ref never);
        Check(asked.EphemeralBytes, has.EphemeralBytes, taken.EphemeralBytes, ReasonByMask[2], reasons, ref never);
        foreach (var (name, amount) in asked.Extended ?? [])
        {
            Check(amount, has.Of(name), taken.Of(name), $"Insufficient {name}", reasons, ref never);
        }

        return reasons.Count == 0 ? Verdict.Success
            : never ? Verdict.Unresolvable([.. reasons]) : Verdict.Unschedulable([.. reasons]);
    }

    /// <summary>More than the node has at all can never be made to fit by taking pods off it.</summary>
    private static void Check(long asked, long has, long taken, string reason, List<string> reasons, ref bool never)
    {
        if (asked > 0 && asked > has - taken)
        {
            reasons.Add(reason);
            never |= asked > has;
        }
    }
}
