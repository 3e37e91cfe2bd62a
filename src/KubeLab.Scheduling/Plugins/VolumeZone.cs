using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Refuses nodes outside the zone or region that a pod's volume is labelled with.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/volumezone.</remarks>
public sealed class VolumeZone(PluginContext context) : IPreFilterPlugin, IFilterPlugin
{
    private static readonly Verdict Elsewhere = Verdict.Unresolvable("node(s) had no available volume zone");
    private static readonly (string Key, string OldKey)[] Topologies =
    [
        ("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"),
        ("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"),
    ];

    /// <inheritdoc/>
    public string Name => "VolumeZone";

    /// <inheritdoc/>
    public ClusterChange HelpedBy =>
        ClusterChange.ClaimChanged | ClusterChange.VolumeChanged | ClusterChange.StorageClassChanged | ClusterChange.NodeAdded | ClusterChange.NodeLabels;

    /// <inheritdoc/>
    public bool IsNodeLocal => false;

    /// <inheritdoc/>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        if (pod.Demand.Claims.IsEmpty)
        {
            return Verdict.Skip;
        }

        var places = new Places([]);
        foreach (var name in pod.Demand.Claims.Of(pod.Pod))
        {
            if (context.Objects.Find<PersistentVolumeClaim>(pod.Key.Namespace, name)?.Spec.VolumeName is { Length: > 0 } volumeName
                && context.Objects.Find<PersistentVolume>("", volumeName) is { } volume)
            {
                foreach (var (key, oldKey) in Topologies)
                {
                    if ((volume.Metadata.Labels[key] ?? volume.Metadata.Labels[oldKey]) is { } value)
                    {
                        // A volume that is kept in several zones lists them with two low lines between.
                        places.All.Add((key, oldKey, value.Split("__")));
                    }
                }
            }
        }

        if (places.All.Count == 0)
        {
            return Verdict.Skip;
        }

        state.Set(places);
        return Verdict.Success;
    }

    /// <inheritdoc/>
    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var labels = node.Node!.Metadata.Labels;
        if (!Array.Exists(Topologies, t => labels.ContainsKey(t.Key) || labels.ContainsKey(t.OldKey)))
        {
            // A node that does not say where it is may be anywhere.
            return Verdict.Success;
        }

        foreach (var (key, oldKey, values) in state.Find<Places>()?.All ?? [])
        {
            if ((labels[key] ?? labels[oldKey]) is not { } value || Array.IndexOf(values, value) < 0)
            {
                return Elsewhere;
            }
        }

        return Verdict.Success;
    }

    private sealed record Places(List<(string Key, string OldKey, string[] Values)> All);
}
