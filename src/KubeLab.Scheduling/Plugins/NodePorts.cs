using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses nodes on which a port that the pod needs of the node itself is taken; the wildcard address collides with every address.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/nodeports.</remarks>
public sealed class NodePorts : IPreFilterPlugin, IFilterPlugin
{
    private static readonly Verdict Taken = Verdict.Unschedulable("node(s) didn't have free ports for the requested pod ports");

    /// <inheritdoc/>
    public string Name => "NodePorts";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.NodeAdded | ClusterChange.AssignedPodDeleted;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change)
    {
        if (change.Old is not Pod gone)
        {
            return true;
        }

        var ours = new PodDemand(waiting.Spec).HostPorts;
        return new PodDemand(gone.Spec).HostPorts.Any(theirs => ours.Any(port => Collide(port, theirs)));
    }

    /// <inheritdoc/>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) => pod.Demand.HostPorts.Count == 0 ? Verdict.Skip : Verdict.Success;

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (pod.Demand.HostPorts.Count == 0)
        {
            return Verdict.Success;
        }

        foreach (var other in node.Pods)
        {
            foreach (var theirs in other.Demand.HostPorts)
            {
                foreach (var ours in pod.Demand.HostPorts)
                {
                    if (Collide(ours, theirs))
                    {
                        return Taken;
                    }
                }
            }
        }

        return Verdict.Success;
    }

    /// <summary>Whether two containers ask for the same port of a node.</summary>
    public static bool Collide(ContainerPort one, ContainerPort other) =>
        one.HostPort == other.HostPort
        && (one.Protocol ?? "TCP") == (other.Protocol ?? "TCP")
        && (IsWildcard(one.HostIP) || IsWildcard(other.HostIP) || one.HostIP == other.HostIP);

    private static bool IsWildcard(string? address) => address is null or "" or "0.0.0.0";
}
