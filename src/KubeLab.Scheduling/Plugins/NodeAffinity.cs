using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses nodes that lack the labels a pod demands (nodeSelector and required affinity), and prefers those it wishes for.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/nodeaffinity.</remarks>
/// <param name="added">What the scheduler's configuration demands and wishes for all pods, or null.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/">Assigning pods to nodes</seealso>
public sealed class NodeAffinity(Api.Core.NodeAffinity? added = null) : IPreFilterPlugin, IFilterPlugin, IScorePlugin
{
    private static readonly Verdict Mismatch = Verdict.Unresolvable("node(s) didn't match Pod's node affinity/selector");
    private static readonly Verdict Enforced = Verdict.Unresolvable("node(s) didn't match scheduler-enforced node affinity");
    private static readonly Verdict Conflict = Verdict.Unresolvable("pod affinity terms conflict");

    /// <inheritdoc/>
    public string Name => "NodeAffinity";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.NodeAdded | ClusterChange.NodeLabels;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change) =>
        change.New is not Node node || (Matches(waiting.Spec, node) && IsAllowed(node) && !(change.Old is Node old && Matches(waiting.Spec, old) && IsAllowed(old)));

    /// <inheritdoc/>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        var spec = pod.Demand.Spec;
        var required = spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;
        if (required is null && spec.NodeSelector.IsEmpty && added is null)
        {
            return Verdict.Skip;
        }

        var names = required is null ? null : NamesOf(required.NodeSelectorTerms);
        return names is { Count: 0 } ? Conflict : new PreFilterResult(Verdict.Success, names);
    }

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        !IsAllowed(node.Node!) ? Enforced : Matches(pod.Demand.Spec, node.Node!) ? Verdict.Success : Mismatch;

    /// <inheritdoc/>
    public Verdict PreScore(CycleState state, PodInfo pod, Candidates nodes) =>
        Preferred(pod.Demand.Spec).IsEmpty && (added?.PreferredDuringSchedulingIgnoredDuringExecution.IsEmpty ?? true) ? Verdict.Skip : Verdict.Success;

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node) =>
        Weight(Preferred(pod.Demand.Spec), node.Node!) + Weight(added?.PreferredDuringSchedulingIgnoredDuringExecution ?? default, node.Node!);

    /// <inheritdoc/>
    public bool Normalize(Span<long> scores)
    {
        Normalization.Scale(scores, reverse: false);
        return true;
    }

    /// <summary>Whether <paramref name="node"/> has all that <paramref name="spec"/> demands.</summary>
    public static bool Matches(PodSpec spec, Node node) =>
        Matches(spec.NodeSelector, spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution, node);

    /// <summary>Whether <paramref name="node"/> has the labels of <paramref name="selector"/> and satisfies <paramref name="required"/>.</summary>
    public static bool Matches(StringMap selector, NodeSelector? required, Node node)
    {
        foreach (var (key, value) in selector)
        {
            if (node.Metadata.Labels[key] != value)
            {
                return false;
            }
        }

        return required is null || NodeSelectorMatch.Matches(required, node.Metadata.Labels, node.Metadata.Name!);
    }

    /// <summary>Sums the weights of the wishes that <paramref name="node"/> grants.</summary>
    public static long Weight(ValueList<PreferredSchedulingTerm> wishes, Node node)
    {
        long sum = 0;
        foreach (var wish in wishes)
        {
            if (wish.Weight != 0 && NodeSelectorMatch.Matches(wish.Preference, node.Metadata.Labels, node.Metadata.Name!))
            {
                sum += wish.Weight;
            }
        }

        return sum;
    }

    private bool IsAllowed(Node node) =>
        added?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required || NodeSelectorMatch.Matches(required, node.Metadata.Labels, node.Metadata.Name!);

    private static ValueList<PreferredSchedulingTerm> Preferred(PodSpec spec) =>
        spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default;

    /// <summary>The nodes that the terms name, as those of daemon sets do; null when some term names none and so may mean any.</summary>
    private static HashSet<string>? NamesOf(ValueList<NodeSelectorTerm> terms)
    {
        HashSet<string>? names = null;
        foreach (var term in terms)
        {
            HashSet<string>? own = null;
            foreach (var line in term.MatchFields)
            {
                if (line is { Key: "metadata.name", Operator: "In" })
                {
                    if (own is null)
                    {
                        own = new(line.Values, StringComparer.Ordinal);
                    }
                    else
                    {
                        own.IntersectWith(line.Values);
                    }
                }
            }

            if (own is null)
            {
                return null;
            }

            (names ??= new(StringComparer.Ordinal)).UnionWith(own);
        }

        return names;
    }
}
