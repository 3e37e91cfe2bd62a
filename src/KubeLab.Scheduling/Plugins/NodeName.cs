using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses every node but the one a pod names.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/nodename.</remarks>
public sealed class NodeName : IFilterPlugin
{
    private static readonly Verdict Mismatch = Verdict.Unresolvable("node(s) didn't match the requested node name");

    /// <inheritdoc/>
    public string Name => "NodeName";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.NodeAdded;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        pod.Demand.Spec.NodeName is { Length: > 0 } name && name != node.Name ? Mismatch : Verdict.Success;
}
