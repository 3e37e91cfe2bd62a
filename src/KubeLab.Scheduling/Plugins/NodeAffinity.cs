using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses nodes that lack the labels a pod demands (nodeSelector and required affinity), and prefers those it wishes for.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/nodeaffinity.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/">Assigning pods to nodes</seealso>
public sealed class NodeAffinity : IFilterPlugin, IScorePlugin
{
    private static readonly Verdict Mismatch = Verdict.Unresolvable("node(s) didn't match Pod's node affinity/selector");

    /// <inheritdoc/>
    public string Name => "NodeAffinity";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.NodeAdded | ClusterChange.NodeLabels | ClusterChange.PodUpdated;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) => Matches(pod.Demand.Spec, node.Node!) ? Verdict.Success : Mismatch;

    /// <inheritdoc/>
    public Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        Preferred(pod.Demand.Spec).IsEmpty ? Verdict.Skip : Verdict.Success;

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node) => Weight(Preferred(pod.Demand.Spec), node.Node!);

    /// <inheritdoc/>
    public bool Normalize(Span<long> scores)
    {
        Normalization.Scale(scores, reverse: false);
        return true;
    }

    /// <summary>Whether <paramref name="node"/> has all that <paramref name="spec"/> demands.</summary>
    public static bool Matches(PodSpec spec, Node node)
    {
        foreach (var (key, value) in spec.NodeSelector)
        {
            if (node.Metadata.Labels[key] != value)
            {
                return false;
            }
        }

        return spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
            || NodeSelectorMatch.Matches(required, node.Metadata.Labels, node.Metadata.Name!);
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

    private static ValueList<PreferredSchedulingTerm> Preferred(PodSpec spec) =>
        spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default;
}
