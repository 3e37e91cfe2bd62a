using KubeLab.Api.Core;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins.Spreading;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Keeps pods of a kind evenly spread over zones, nodes or the domains of any other label.</summary>
/// <remarks>
/// A hard rule refuses a node when its domain would hold more than maxSkew pods above the emptiest domain; soft rules score the fuller domains lower. Pods without rules that
/// belong to a service or an owner get upstream's soft default rules. Upstream: scheduler/framework/plugins/podtopologyspread.
/// </remarks>
/// <param name="context">The counts it looks at.</param>
/// <param name="options">Rules for pods that have none.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/">Pod topology spread constraints</seealso>
public sealed class PodTopologySpread(PluginContext context, SpreadOptions? options = null) : IPreFilterExtensions, IFilterPlugin, IScorePlugin, INodeGrouping
{
    /// <summary>The raw score of a node that is left out because it lacks a label; it becomes 0.</summary>
    public const long LeftOut = -1;

    private static readonly Verdict MissingLabel = Verdict.Unresolvable("node(s) didn't match pod topology spread constraints (missing required label)");
    private static readonly Verdict TooMany = Verdict.Unschedulable("node(s) didn't match pod topology spread constraints");

    private readonly SpreadPlanner planner = new(context, options ?? SpreadOptions.Default);

    /// <inheritdoc/>
    public string Name => "PodTopologySpread";

    /// <inheritdoc/>
    public ClusterChange HelpedBy =>
        ClusterChange.NodeAdded | ClusterChange.NodeDeleted | ClusterChange.NodeLabels | ClusterChange.NodeTaints
        | ClusterChange.AssignedPodAdded | ClusterChange.AssignedPodDeleted | ClusterChange.AssignedPodLabels | ClusterChange.PodUpdated;

    /// <inheritdoc/>
    public bool IsNodeLocal => false;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change)
    {
        var rules = waiting.Spec.TopologySpreadConstraints;
        if (change.Old is Node or null && change.New is Node or null)
        {
            // A node matters when it has, or had, all labels that make the domains.
            return HasAll(change.New as Node) || HasAll(change.Old as Node);
        }

        var (old, now) = (change.Old as Pod, change.New as Pod);
        if ((now ?? old)!.Metadata.Uid == waiting.Metadata.Uid)
        {
            return true;
        }

        return (now ?? old)!.Metadata.Namespace == waiting.Metadata.Namespace
            && rules.Exists(c => SelectorReading.Of(c.LabelSelector) is var s && ((old is not null && s.Matches(old.Metadata.Labels)) || (now is not null && s.Matches(now.Metadata.Labels))));

        bool HasAll(Node? node) => node is not null && !rules.Exists(c => c.WhenUnsatisfiable == "DoNotSchedule" && !node.Metadata.Labels.ContainsKey(c.TopologyKey));
    }

    /// <inheritdoc/>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        var plan = planner.PlanOf(pod);
        state.Set(new SpreadState(plan));
        return plan.Hard.Length == 0 ? Verdict.Skip : Verdict.Success;
    }

    /// <inheritdoc/>
    public void AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node) => state.Find<SpreadState>()?.Change(added, node, 1);

    /// <inheritdoc/>
    public void RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node) => state.Find<SpreadState>()?.Change(removed, node, -1);

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var cycle = StateOf(state, pod);
        foreach (var rule in cycle.Plan.Hard)
        {
            var domain = rule.Topology.Of(node.Index);
            if (domain < 0)
            {
                return MissingLabel;
            }

            var skew = cycle.CountOf(rule, domain) + (rule.CountsItself ? 1 : 0) - cycle.FewestOf(rule);
            if (skew > rule.MaxSkew)
            {
                return TooMany;
            }
        }

        return Verdict.Success;
    }

    /// <inheritdoc/>
    public Verdict PreScore(CycleState state, PodInfo pod, Candidates nodes)
    {
        var cycle = StateOf(state, pod);
        var plan = cycle.Plan;
        if (plan.Soft.Length == 0)
        {
            return Verdict.Skip;
        }

        var counted = 0;
        var seen = new HashSet<int>[plan.Soft.Length];
        for (var i = 0; i < nodes.Nodes.Count; i++)
        {
            var place = nodes.Nodes[i].Index;
            if (IsLeftOut(plan, place))
            {
                continue;
            }

            counted += nodes.CountOf(i);
            for (var r = 0; r < seen.Length; r++)
            {
                if (!plan.Soft[r].IsByHost)
                {
                    (seen[r] ??= []).Add(plan.Soft[r].Topology.Of(place));
                }
            }
        }

        var weights = new double[plan.Soft.Length];
        for (var r = 0; r < weights.Length; r++)
        {
            weights[r] = Math.Log((plan.Soft[r].IsByHost ? counted : seen[r]?.Count ?? 0) + 2);
        }

        cycle.Weights = weights;
        return Verdict.Success;
    }

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var cycle = StateOf(state, pod);
        var plan = cycle.Plan;
        if (IsLeftOut(plan, node.Index))
        {
            return LeftOut;
        }

        double score = 0;
        for (var r = 0; r < plan.Soft.Length; r++)
        {
            var rule = plan.Soft[r];
            if (rule.Topology.Of(node.Index) is >= 0 and var domain)
            {
                var count = rule.IsByHost ? rule.ByNode[node.Index] : rule.ByDomain[domain];
                score += (count * cycle.Weights[r]) + (rule.MaxSkew - 1);
            }
        }

        return (long)Math.Round(score, MidpointRounding.AwayFromZero);
    }

    /// <inheritdoc/>
    public bool Normalize(Span<long> scores)
    {
        long min = long.MaxValue, max = long.MinValue;
        foreach (var score in scores)
        {
            if (score != LeftOut)
            {
                (min, max) = (Math.Min(min, score), Math.Max(max, score));
            }
        }

        foreach (ref var score in scores)
        {
            score = score == LeftOut ? 0 : max == 0 ? 100 : 100 * (max + min - score) / max;
        }

        return true;
    }

    /// <inheritdoc/>
    public object? GroupingOf(PodInfo pod) => planner.PlanOf(pod) is { IsEmpty: false } plan ? plan : null;

    /// <inheritdoc/>
    public void Group(PodInfo pod, NodeInfo node, ref NodeGroupKey key)
    {
        var plan = planner.PlanOf(pod);
        foreach (var rule in plan.Hard)
        {
            Add(rule, node.Index, ref key, byNode: false);
        }

        foreach (var rule in plan.Soft)
        {
            Add(rule, node.Index, ref key, byNode: true);
        }
    }

    /// <summary>Nodes of one domain are alike; where each node is a domain of its own, those with the same count are.</summary>
    private static void Add(SpreadRule rule, int place, ref NodeGroupKey key, bool byNode)
    {
        var domain = rule.Topology.Of(place);
        if (!rule.IsByHost)
        {
            key.Add(domain);
            return;
        }

        if (byNode)
        {
            key.Add(domain < 0 ? -1 : rule.ByNode[place]);
        }
        else
        {
            key.Add(!rule.Topology.IsOnePerNode ? domain : domain < 0 ? -1 : rule.ByDomain[domain]);
        }
    }

    private static bool IsLeftOut(SpreadPlan plan, int place)
    {
        if (plan.RequiresAllKeys)
        {
            foreach (var rule in plan.Soft)
            {
                if (rule.Topology.Of(place) < 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private SpreadState StateOf(CycleState state, PodInfo pod)
    {
        if (state.Find<SpreadState>() is { } known)
        {
            return known;
        }

        var made = new SpreadState(planner.PlanOf(pod));
        state.Set(made);
        return made;
    }
}
