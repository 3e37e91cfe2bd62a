using System.Text.Json;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins.Volumes;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses nodes to which no more volumes of the pod's storage driver can be attached.</summary>
/// <remarks>A volume that several pods of a node use counts once; a node that says nothing of a driver has no limit. Upstream: scheduler/framework/plugins/nodevolumelimits csi.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/storage-limits/">Node-specific volume limits</seealso>
public sealed class NodeVolumeLimits(PluginContext context) : IPreFilterPlugin, IFilterPlugin
{
    private static readonly Verdict Exceeded = Verdict.Unschedulable("node(s) exceed max volume count");

    /// <inheritdoc/>
    public string Name => "NodeVolumeLimits";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.CsiNodeChanged | ClusterChange.AssignedPodDeleted | ClusterChange.ClaimChanged | ClusterChange.NodeAdded;

    /// <inheritdoc/>
    public bool IsNodeLocal => false;

    /// <inheritdoc/>
    public bool MayHelp(Pod waiting, in ClusterEvent change) => change.Old is not Pod gone || !PodClaims.Of(gone.Spec).IsEmpty;

    /// <inheritdoc/>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) => pod.Demand.Claims.IsEmpty ? Verdict.Skip : Verdict.Success;

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (context.Objects.Find<CSINode>("", node.Name) is not { } csi)
        {
            return Verdict.Success;
        }

        var wanted = new HashSet<(string Driver, string Volume)>();
        Add(wanted, pod);
        var attached = new HashSet<(string Driver, string Volume)>();
        foreach (var other in node.Pods)
        {
            Add(attached, other);
        }

        wanted.ExceptWith(attached);
        foreach (var driver in csi.Spec.Drivers)
        {
            if (driver.Allocatable?.Overflow?["count"] is { ValueKind: JsonValueKind.Number } limit
                && wanted.Count(v => v.Driver == driver.Name) is > 0 and var more
                && attached.Count(v => v.Driver == driver.Name) + more > limit.GetInt32())
            {
                return Exceeded;
            }
        }

        return Verdict.Success;
    }

    /// <summary>The volumes of a pod, by driver; one that is still to be made counts under its claim's name.</summary>
    private void Add(HashSet<(string Driver, string Volume)> volumes, PodInfo pod)
    {
        foreach (var name in pod.Demand.Claims.Of(pod.Pod))
        {
            if (context.Objects.Find<PersistentVolumeClaim>(pod.Key.Namespace, name) is not { } claim)
            {
                continue;
            }

            if (string.IsNullOrEmpty(claim.Spec.VolumeName))
            {
                if (VolumeReading.ClassOf(claim, context.Objects)?.Provisioner is { Length: > 0 } provisioner)
                {
                    volumes.Add((provisioner, $"{pod.Key.Namespace}/{name}"));
                }
            }
            else if (context.Objects.Find<PersistentVolume>("", claim.Spec.VolumeName)?.Spec.Overflow?["csi"] is { ValueKind: JsonValueKind.Object } source
                && source.TryGetProperty("driver", out var driver) && source.TryGetProperty("volumeHandle", out var handle))
            {
                volumes.Add((driver.GetString() ?? "", handle.GetString() ?? ""));
            }
        }
    }
}
