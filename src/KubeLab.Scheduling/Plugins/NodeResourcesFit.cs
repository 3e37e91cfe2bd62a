using KubeLab.Api.Core;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses nodes whose unreserved resources do not cover what the pod requests, and prefers those that keep most of theirs.</summary>
/// <remarks>It counts requests, never usage and never limits. Upstream: scheduler/framework/plugins/noderesources fit.go.</remarks>
/// <param name="options">What is ignored, and how nodes are preferred; upstream's defaults when null.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/">Resource management</seealso>
public sealed class NodeResourcesFit(FitOptions? options = null) : IFilterPlugin, IScorePlugin
{
    private static readonly string[] ReasonByMask = ["Insufficient cpu", "Insufficient memory", "Insufficient ephemeral-storage", "Too many pods"];

    private readonly FitOptions options = options ?? FitOptions.Default;
    private readonly ResourceScore score = new((options ?? FitOptions.Default).Strategy);

    /// <inheritdoc/>
    public string Name => "NodeResourcesFit";

    /// <inheritdoc/>
    public ClusterChange HelpedBy =>
        ClusterChange.NodeAdded | ClusterChange.NodeAllocatable | ClusterChange.AssignedPodDeleted | ClusterChange.AssignedPodShrunk | ClusterChange.PodUpdated;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change)
    {
        if (change.New is not Node node)
        {
            return true;
        }

        // An empty node of this size must hold it, and a node that was there before must have grown in something it asks for.
        var asked = PodRequests.Of(waiting.Spec);
        var has = ResourceVector.From(node.Status.Allocatable);
        if (!Explain(asked, has, default).IsSuccess)
        {
            return false;
        }

        return change.Old is not Node old || Grew(asked, ResourceVector.From(old.Status.Allocatable), has);
    }

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
    public Verdict PreScore(CycleState state, PodInfo pod, Candidates nodes) => Verdict.Success;

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node) => score.Of(pod.Demand.Requests, pod.Demand.NonZeroRequests, node);

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

    private Verdict Explain(in ResourceVector asked, in ResourceVector has, in ResourceVector taken)
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
            if (!options.Ignores(name))
            {
                Check(amount, has.Of(name), taken.Of(name), $"Insufficient {name}", reasons, ref never);
            }
        }

        return reasons.Count == 0 ? Verdict.Success
            : never ? Verdict.Unresolvable([.. reasons]) : Verdict.Unschedulable([.. reasons]);
    }

    private static bool Grew(in ResourceVector asked, in ResourceVector before, in ResourceVector now) =>
        now.Pods > before.Pods
        || (asked.MilliCpu > 0 && now.MilliCpu > before.MilliCpu)
        || (asked.MemoryBytes > 0 && now.MemoryBytes > before.MemoryBytes)
        || (asked.EphemeralBytes > 0 && now.EphemeralBytes > before.EphemeralBytes)
        || AnyGrew(asked.Extended, before, now);

    private static bool AnyGrew(SortedDictionary<string, long>? asked, ResourceVector before, ResourceVector now) =>
        asked is not null && asked.Any(a => a.Value > 0 && now.Of(a.Key) > before.Of(a.Key));

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
