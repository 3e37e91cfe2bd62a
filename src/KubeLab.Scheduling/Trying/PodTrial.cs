using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Trying;

/// <summary>One pod before the filters: what they say of the pod itself was asked once, and each node can be asked about now.</summary>
public sealed class PodTrial
{
    private readonly ProfileRunner runner;
    private readonly CycleState state = new();
    private readonly PreFilterOutcome before;

    internal PodTrial(ProfileRunner runner, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        this.runner = runner;
        Pod = pod;
        before = runner.PreFilter(state, pod, nodes);
    }

    /// <summary>The pod, as if it had no node.</summary>
    public PodInfo Pod { get; }

    /// <summary>Whether every filter lets it onto <paramref name="node"/>.</summary>
    public bool Fits(NodeInfo node) => Ask(node).Verdict.IsSuccess;

    /// <summary>The first filter that refuses <paramref name="node"/> and what it says; success where none does.</summary>
    public (string Plugin, Verdict Verdict) Ask(NodeInfo node) =>
        before.RefusedBy is { } plugin ? (plugin, before.Verdict)
        : before.Nodes?.Contains(node.Name) == false ? (before.Restricting![0], Verdict.Unresolvable($"node(s) didn't satisfy plugin {before.Restricting[0]}"))
        : runner.Filter(state, Pod, node, before.Skipped);
}
