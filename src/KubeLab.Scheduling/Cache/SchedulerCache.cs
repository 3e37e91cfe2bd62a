using System.Runtime.CompilerServices;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Cache.Counting;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Cache;

/// <summary>The scheduler's picture of the nodes and the pods on them, pods it has just assumed there included.</summary>
/// <remarks>
/// It keeps a log of which node changed, so that what was computed for one template stays good for all other nodes. Upstream: scheduler/backend/cache.
/// </remarks>
public sealed class SchedulerCache
{
    private const int LogMax = 1 << 16;
    private const int DemandsMax = 4096;

    private readonly Dictionary<string, NodeInfo> byName = new(StringComparer.Ordinal);
    private readonly List<NodeInfo> nodes = [];
    private readonly Dictionary<ObjectKey, (PodInfo Pod, NodeInfo Node, bool Assumed)> pods = [];
    private readonly ConditionalWeakTable<PodSpec, PodDemand> demandBySpec = [];
    private readonly Dictionary<PodSpec, PodDemand> demandByValue = [];
    private readonly Dictionary<string, List<PodInfo>> nominated = new(StringComparer.Ordinal);
    private readonly List<NodeInfo> live = [];
    private readonly List<int> log = [];
    private long logStart;
    private List<NodeInfo>? byZone;

    /// <summary>Makes an empty one.</summary>
    public SchedulerCache() => Counts = new PodCounts(nodes);

    /// <summary>The nodes that exist, in the order in which they came.</summary>
    public IReadOnlyList<NodeInfo> Nodes => live;

    /// <summary>The same nodes, taking turns between the zones.</summary>
    internal IReadOnlyList<NodeInfo> NodesByZone => byZone ??= ZoneOrder.Of(live);

    /// <summary>How many pods are on nodes.</summary>
    public int PodCount => pods.Count;

    /// <summary>Pods by node and by topology domain.</summary>
    internal PodCounts Counts { get; }

    /// <summary>Who has which image.</summary>
    internal ImageStates Images { get; } = new();

    /// <summary>Counts all changes, those of pods included.</summary>
    internal long Version => logStart + log.Count;

    /// <summary>Whether room is being made for any pod.</summary>
    internal bool HasNominations => nominated.Count > 0;

    /// <summary>All places nodes have or had; a place whose node is gone has a null node.</summary>
    internal IReadOnlyList<NodeInfo> Places => nodes;

    /// <summary>The node called <paramref name="name"/>, or null.</summary>
    public NodeInfo? Find(string name) => byName.TryGetValue(name, out var info) && info.Node is not null ? info : null;

    /// <summary>What the scheduler computes from a pod, once per template.</summary>
    public PodInfo InfoOf(Pod pod) => new(pod, DemandOf(pod.Spec));

    /// <summary>Takes in a node, or a newer version of one; tells which changes could help waiting pods.</summary>
    public ClusterChange Set(Node node)
    {
        var name = node.Metadata.Name!;
        var info = byName.GetValueOrDefault(name) ?? AddPlace(name);
        var old = info.Node;
        Images.Replace(old?.Status.Images ?? default, node.Status.Images);
        if (old is null)
        {
            info.Set(node);
            live.Add(info);
            TouchNode(info);
            return ClusterChange.NodeAdded;
        }

        var change = Compare(old, node);
        var touched = change != ClusterChange.None || old.Status.Images != node.Status.Images;
        info.Set(node);
        if (touched)
        {
            TouchNode(info);
        }

        return change;
    }

    /// <summary>Forgets a node; the pods on it stay known until they are gone.</summary>
    public void RemoveNode(string name)
    {
        if (byName.TryGetValue(name, out var info) && info.Node is { } old)
        {
            Images.Replace(old.Status.Images, default);
            info.Set(null);
            live.Remove(info);
            TouchNode(info);
        }
    }

    /// <summary>Counts a pod on a node before the server confirms it.</summary>
    public void Assume(PodInfo pod, NodeInfo node) => Put(pod, node, assumed: true);

    /// <summary>Takes back <see cref="Assume"/>.</summary>
    public void Forget(ObjectKey key) => Remove(key);

    /// <summary>Takes in a pod that has a node, or a newer version of it.</summary>
    public void SetPod(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        if (pods.TryGetValue(key, out var known))
        {
            if (known.Node.Index == (byName.GetValueOrDefault(pod.Spec.NodeName!)?.Index ?? -1) && AsksTheSame(known.Pod.Pod, pod))
            {
                Renew(known.Pod, pod, known.Node);
                pods[key] = known with { Assumed = false };
                return;
            }

            Remove(key);
        }

        var node = byName.GetValueOrDefault(pod.Spec.NodeName!) ?? AddPlace(pod.Spec.NodeName!);
        Put(new PodInfo(pod, DemandOf(pod.Spec with { NodeName = null })), node, assumed: false);
    }

    /// <summary>Forgets a pod; true when it was on a node.</summary>
    public bool Remove(ObjectKey key)
    {
        if (!pods.Remove(key, out var known))
        {
            return false;
        }

        known.Node.Remove(key);
        Counts.Remove(known.Pod, known.Node.Index);
        Touch(known.Node);
        return true;
    }

    /// <summary>The pod as it was last seen on a node, or null.</summary>
    public Pod? FindPod(ObjectKey key) => pods.TryGetValue(key, out var known) ? known.Pod.Pod : null;

    /// <summary>Whether the pod is counted on a node.</summary>
    public bool Knows(ObjectKey key) => pods.ContainsKey(key);

    /// <summary>Keeps room for a pod on a node where others are leaving for it.</summary>
    public void Nominate(PodInfo pod, string node)
    {
        Denominate(pod.Key);
        if (!nominated.TryGetValue(node, out var list))
        {
            nominated.Add(node, list = []);
        }

        list.Add(pod);
    }

    /// <summary>Ends <see cref="Nominate"/>.</summary>
    public void Denominate(ObjectKey key)
    {
        foreach (var (node, list) in nominated)
        {
            if (list.RemoveAll(p => p.Key == key) > 0)
            {
                if (list.Count == 0)
                {
                    nominated.Remove(node);
                }

                return;
            }
        }
    }

    /// <summary>The pods for which room is kept on <paramref name="node"/>.</summary>
    public IReadOnlyList<PodInfo> NominatedOn(string node) => nominated.TryGetValue(node, out var list) ? list : [];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        byName.Clear();
        nodes.Clear();
        live.Clear();
        pods.Clear();
        nominated.Clear();
        logStart += log.Count + 1;
        log.Clear();
        Images.Clear();
        Counts.Reset();
    }

    /// <summary>The places that changed since <paramref name="version"/>; false when that is too long ago to tell.</summary>
    internal bool TryChangesSince(long version, out ReadOnlySpan<int> places)
    {
        if (version < logStart)
        {
            places = default;
            return false;
        }

        places = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(log)[(int)(version - logStart)..];
        return true;
    }

    private static ClusterChange Compare(Node old, Node node)
    {
        var change = ClusterChange.None;
        if (old.Metadata.Labels != node.Metadata.Labels)
        {
            change |= ClusterChange.NodeLabels;
        }

        if (old.Spec.Taints != node.Spec.Taints || old.Spec.Unschedulable != node.Spec.Unschedulable)
        {
            change |= ClusterChange.NodeTaints;
        }

        if (old.Status.Allocatable != node.Status.Allocatable)
        {
            change |= ClusterChange.NodeAllocatable;
        }

        return change;
    }

    private PodDemand DemandOf(PodSpec spec)
    {
        if (demandBySpec.TryGetValue(spec, out var known))
        {
            return known;
        }

        if (!demandByValue.TryGetValue(spec, out var demand))
        {
            if (demandByValue.Count >= DemandsMax)
            {
                demandByValue.Clear();
            }

            demandByValue.Add(spec, demand = new PodDemand(spec));
        }

        demandBySpec.Add(spec, demand);
        return demand;
    }

    private void Put(PodInfo pod, NodeInfo node, bool assumed)
    {
        pods[pod.Key] = (pod, node, assumed);
        node.Add(pod);
        Counts.Add(pod, node.Index);
        Touch(node);
    }

    private static bool AsksTheSame(Pod old, Pod pod) => old.Spec.Containers == pod.Spec.Containers;

    /// <summary>A newer version of a pod on its node; only labels and the beginning of its end can change what is counted.</summary>
    private void Renew(PodInfo known, Pod pod, NodeInfo node)
    {
        var recount = known.Pod.Metadata.Labels != pod.Metadata.Labels
            || (known.Pod.Metadata.DeletionTimestamp is null && pod.Metadata.DeletionTimestamp is not null);
        if (!recount)
        {
            known.Pod = pod;
            return;
        }

        Counts.Remove(known, node.Index);
        known.Pod = pod;
        Counts.Add(known, node.Index);
        Touch(node);
    }

    private NodeInfo AddPlace(string name)
    {
        var info = new NodeInfo(nodes.Count);
        nodes.Add(info);
        byName.Add(name, info);
        return info;
    }

    private void TouchNode(NodeInfo info)
    {
        byZone = null;
        Counts.SetNode(info.Index);
        Touch(info);
    }

    private void Touch(NodeInfo info)
    {
        if (log.Count == LogMax)
        {
            logStart += LogMax / 2;
            log.RemoveRange(0, LogMax / 2);
        }

        log.Add(info.Index);
    }
}
