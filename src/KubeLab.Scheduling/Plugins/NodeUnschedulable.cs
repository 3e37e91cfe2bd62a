using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses cordoned nodes, unless the pod tolerates that.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/nodeunschedulable.</remarks>
public sealed class NodeUnschedulable : IFilterPlugin
{
    private static readonly Verdict Cordoned = Verdict.Unresolvable("node(s) were unschedulable");
    private static readonly Taint Mark = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };

    /// <inheritdoc/>
    public string Name => "NodeUnschedulable";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.NodeAdded | ClusterChange.NodeTaints | ClusterChange.PodUpdated;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change) =>
        change.New is not Node node || (!node.Spec.Unschedulable && change.Old is not Node { Spec.Unschedulable: false });

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        node.Node!.Spec.Unschedulable && !TaintToleration.Tolerates(pod.Demand.Spec.Tolerations, Mark) ? Cordoned : Verdict.Success;
}
