using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Framework;

/// <summary>A node as the scheduler sees it: the object, and the pods that are on it or assumed to be.</summary>
public sealed class NodeInfo
{
    private readonly Dictionary<ObjectKey, PodInfo> pods;
    private ResourceVector requested;
    private ResourceVector nonZeroRequested;
    private ResourceVector allocatable;

    internal NodeInfo(int index)
    {
        Index = index;
        pods = [];
    }

    private NodeInfo(NodeInfo other)
    {
        Index = other.Index;
        pods = new(other.pods);
        (requested, nonZeroRequested, allocatable) = (other.requested, other.nonZeroRequested, other.allocatable);
        Node = other.Node;
    }

    /// <summary>The node; null when it is gone while pods are still on it.</summary>
    public Node? Node { get; private set; }

    /// <summary>The node's name.</summary>
    public string Name => Node?.Metadata.Name ?? "";

    /// <summary>What pods may request in sum.</summary>
    public ref readonly ResourceVector Allocatable => ref allocatable;

    /// <summary>What its pods request in sum.</summary>
    public ref readonly ResourceVector Requested => ref requested;

    /// <summary>The same with scoring's defaults.</summary>
    public ref readonly ResourceVector NonZeroRequested => ref nonZeroRequested;

    /// <summary>The pods on it.</summary>
    public IReadOnlyCollection<PodInfo> Pods => pods.Values;

    /// <summary>Its place in the scheduler's list of nodes.</summary>
    internal int Index { get; }

    /// <summary>A copy that can be changed freely, to try what a preemption would give.</summary>
    public NodeInfo Copy() => new(this);

    /// <summary>Puts a pod on it; a newer version of one that is there replaces that.</summary>
    public void Add(PodInfo pod)
    {
        if (pods.TryGetValue(pod.Key, out var old))
        {
            Count(old, -1);
        }

        pods[pod.Key] = pod;
        Count(pod, 1);
    }

    /// <summary>Takes a pod off it.</summary>
    public void Remove(ObjectKey key)
    {
        if (pods.Remove(key, out var old))
        {
            Count(old, -1);
        }
    }

    internal void Set(Node? node)
    {
        Node = node;
        allocatable = node is null ? default : ResourceVector.From(node.Status.Allocatable);
    }

    private void Count(PodInfo pod, int sign)
    {
        requested.Add(pod.Demand.Requests, sign);
        nonZeroRequested.Add(pod.Demand.NonZeroRequests, sign);
    }
}
