using KubeLab.Api.Core;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins.Neighbours;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Puts pods near those they want and away from those they refuse; a refusal of a pod that is there counts as much as one of the newcomer.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/interpodaffinity.</remarks>
/// <param name="context">The counts it looks at.</param>
/// <param name="options">What demands of pods on nodes count in scores.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity">Inter-pod affinity</seealso>
public sealed class InterPodAffinity(PluginContext context, InterPodAffinityOptions? options = null) : IPreFilterExtensions, IFilterPlugin, IScorePlugin, INodeGrouping
{
    private static readonly Verdict NoNeighbour = Verdict.Unresolvable("node(s) didn't match pod affinity rules");
    private static readonly Verdict Unwanted = Verdict.Unschedulable("node(s) didn't match pod anti-affinity rules");
    private static readonly Verdict Refused = Verdict.Unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");

    private readonly NeighbourPlanner planner = new(context, options ?? InterPodAffinityOptions.Default);

    /// <inheritdoc/>
    public string Name => "InterPodAffinity";

    /// <inheritdoc/>
    public ClusterChange HelpedBy =>
        ClusterChange.NodeAdded | ClusterChange.NodeLabels | ClusterChange.AssignedPodAdded | ClusterChange.AssignedPodDeleted
        | ClusterChange.AssignedPodLabels | ClusterChange.PodUpdated;

    /// <inheritdoc/>
    public bool IsNodeLocal => false;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change)
    {
        var terms = PodTerms.Of(waiting.Spec);
        var ns = waiting.Metadata.Namespace ?? "";
        if (change.New is Node node)
        {
            return terms.Required.Count + terms.RequiredAnti.Count == 0
                || terms.Required.Concat(terms.RequiredAnti).Any(t => node.Metadata.Labels.ContainsKey(t.TopologyKey));
        }

        var (old, now) = (change.Old as Pod, change.New as Pod);
        if (now is not null && now.Metadata.Uid == waiting.Metadata.Uid)
        {
            return true;
        }

        // One who came, or changed, may be wanted; one who went, or changed, may have been in the way.
        var comes = now is not null && terms.Required.Count > 0 && terms.Required.All(t => t.Matches(ns, now, planner.LabelsOfNamespace));
        var goes = old is not null
            && (terms.RequiredAnti.Any(t => t.Matches(ns, old, planner.LabelsOfNamespace))
                || PodTerms.Of(old.Spec).RequiredAnti.Any(t => t.Matches(old.Metadata.Namespace ?? "", waiting, planner.LabelsOfNamespace)));
        return comes || goes;
    }

    /// <inheritdoc/>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        var plan = planner.PlanOf(pod);
        state.Set(new NeighbourState(plan));
        return plan.HasFilters ? Verdict.Success : Verdict.Skip;
    }

    /// <inheritdoc/>
    public void AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node) => state.Find<NeighbourState>()?.Change(pod, added, node, 1, planner);

    /// <inheritdoc/>
    public void RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node) => state.Find<NeighbourState>()?.Change(pod, removed, node, -1, planner);

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var cycle = StateOf(state, pod);
        if (!HasAllWanted(cycle, node.Index))
        {
            return NoNeighbour;
        }

        foreach (var unwanted in cycle.Plan.Unwanted)
        {
            if (cycle.AnyIn(unwanted, node.Index))
            {
                return Unwanted;
            }
        }

        foreach (var term in cycle.Plan.Refusing)
        {
            if (cycle.AnyIn(term.Carriers, node.Index))
            {
                return Refused;
            }
        }

        return Verdict.Success;
    }

    /// <inheritdoc/>
    public Verdict PreScore(CycleState state, PodInfo pod, Candidates nodes)
    {
        foreach (var (pods, _) in StateOf(state, pod).Plan.Scored)
        {
            if (pods.Total != 0)
            {
                return Verdict.Success;
            }
        }

        return Verdict.Skip;
    }

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        long score = 0;
        foreach (var (pods, weight) in StateOf(state, pod).Plan.Scored)
        {
            if (pods.Topology.Of(node.Index) is >= 0 and var domain)
            {
                score += weight * pods[domain];
            }
        }

        return score;
    }

    /// <inheritdoc/>
    public bool Normalize(Span<long> scores)
    {
        long min = long.MaxValue, max = long.MinValue;
        foreach (var score in scores)
        {
            (min, max) = (Math.Min(min, score), Math.Max(max, score));
        }

        foreach (ref var score in scores)
        {
            score = max > min ? (long)(100 * ((double)(score - min) / (max - min))) : 0;
        }

        return true;
    }

    /// <inheritdoc/>
    public object? GroupingOf(PodInfo pod) => planner.PlanOf(pod) is { IsEmpty: false } plan ? plan : null;

    /// <inheritdoc/>
    public void Group(PodInfo pod, NodeInfo node, ref NodeGroupKey key)
    {
        var plan = planner.PlanOf(pod);
        foreach (var pods in plan.Wanted)
        {
            Add(pods, node.Index, ref key);
        }

        foreach (var pods in plan.Unwanted)
        {
            Add(pods, node.Index, ref key);
        }

        foreach (var term in plan.Refusing)
        {
            Add(term.Carriers, node.Index, ref key);
        }

        foreach (var (pods, _) in plan.Scored)
        {
            Add(pods, node.Index, ref key);
        }
    }

    private static void Add(Cache.Counting.DomainTally pods, int place, ref NodeGroupKey key)
    {
        var domain = pods.Topology.Of(place);
        key.Add(domain < 0 || !pods.Topology.IsOnePerNode ? domain : pods[domain]);
    }

    private static bool HasAllWanted(NeighbourState cycle, int place)
    {
        var missing = false;
        foreach (var wanted in cycle.Plan.Wanted)
        {
            if (wanted.Topology.Of(place) < 0)
            {
                return false;
            }

            missing |= !cycle.AnyIn(wanted, place);
        }

        // The first pod of a group that wants its own kind has to start somewhere.
        return !missing || (cycle.HasNoWanted && cycle.Plan.IsOwnNeighbour);
    }

    private NeighbourState StateOf(CycleState state, PodInfo pod)
    {
        if (state.Find<NeighbourState>() is { } known)
        {
            return known;
        }

        var made = new NeighbourState(planner.PlanOf(pod));
        state.Set(made);
        return made;
    }
}
