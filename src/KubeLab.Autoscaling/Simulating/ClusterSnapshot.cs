using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Trying;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Simulating;

/// <summary>The cluster as the scheduler sees it, to be changed freely: nodes that do not exist yet are added, pods are put elsewhere, and all of it can be taken back.</summary>
/// <remarks>
/// What is done after <see cref="Fork"/> is noted and undone by <see cref="Revert"/> step by step, so a try costs what it changes and not the size of the cluster.
/// Whether a pod fits is answered by the scheduler's own filters. Upstream: cluster-autoscaler/simulator/clustersnapshot.
/// </remarks>
public sealed class ClusterSnapshot
{
    private readonly SchedulerFilters filters;
    private readonly List<Action> undo = [];
    private readonly Stack<int> forks = [];

    /// <summary>Makes an empty one.</summary>
    /// <param name="api">The server, asked for claims, budgets, services and namespaces once <see cref="Start"/> is called.</param>
    /// <param name="clock">The time.</param>
    /// <param name="options">The scheduler's configuration; upstream's defaults when null.</param>
    public ClusterSnapshot(IKubernetesApi api, VirtualClock clock, SchedulerOptions? options = null) => filters = new SchedulerFilters(api, clock, options);

    /// <summary>The nodes, in the order in which they came.</summary>
    public IReadOnlyList<NodeInfo> Nodes => filters.Cache.Nodes;

    /// <summary>The objects beside nodes and pods.</summary>
    public IClusterObjects Objects => filters.Objects;

    /// <summary>Grows when an object beside nodes and pods changed that could make a pod fit.</summary>
    public long ObjectsVersion => filters.ObjectsVersion;

    /// <summary>Whether something is being tried out.</summary>
    public bool IsForked => forks.Count > 0;

    /// <summary>Begins to watch the objects beside nodes and pods.</summary>
    public void Start() => filters.Start();

    /// <summary>Ends that and forgets everything.</summary>
    public void Stop()
    {
        undo.Clear();
        forks.Clear();
        filters.Stop();
    }

    /// <summary>The node called <paramref name="name"/>, or null.</summary>
    public NodeInfo? Find(string name) => filters.Cache.Find(name);

    /// <summary>Takes in a node or its newer version, with the pods on it that <paramref name="pods"/> lists.</summary>
    public NodeInfo AddNode(Node node, IEnumerable<Pod>? pods = null)
    {
        var name = node.Metadata.Name!;
        var old = filters.Cache.Find(name)?.Node;
        filters.Cache.Set(node);
        Note(() =>
        {
            if (old is null)
            {
                filters.Cache.RemoveNode(name);
            }
            else
            {
                filters.Cache.Set(old);
            }
        });
        foreach (var pod in pods ?? [])
        {
            Place(pod, name);
        }

        return filters.Cache.Find(name)!;
    }

    /// <summary>Forgets a node and, when <paramref name="withPods"/>, the pods on it.</summary>
    public void RemoveNode(string name, bool withPods = true)
    {
        if (filters.Cache.Find(name) is not { Node: { } node } info)
        {
            return;
        }

        if (withPods)
        {
            foreach (var pod in info.Pods.ToList())
            {
                RemovePod(pod.Key, name);
            }
        }

        filters.Cache.RemoveNode(name);
        Note(() => filters.Cache.Set(node));
    }

    /// <summary>Takes in a pod that has a node, or its newer version; for what the server says, not for tries.</summary>
    /// <exception cref="InvalidOperationException">Something is being tried out.</exception>
    public void SetPod(Pod pod)
    {
        RequireUnforked();
        filters.Cache.SetPod(pod);
    }

    /// <summary>Forgets a pod that the server says is gone or has ended.</summary>
    /// <exception cref="InvalidOperationException">Something is being tried out.</exception>
    public void ForgetPod(ObjectKey key)
    {
        RequireUnforked();
        filters.Cache.Remove(key);
    }

    /// <summary>Puts a pod on a node, without asking whether it fits.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void Place(Pod pod, string node)
    {
        var info = Find(node) ?? throw new ArgumentException($"the snapshot has no node \"{node}\"", nameof(node));
        Place(filters.Cache.InfoOf(pod), info);
    }

    /// <summary>Takes a pod off a node.</summary>
    public void RemovePod(ObjectKey key, string node)
    {
        if (Find(node) is { } info && info.Pods.FirstOrDefault(p => p.Key == key) is { } pod && filters.Cache.Remove(key))
        {
            Note(() => filters.Cache.Assume(pod, info));
        }
    }

    /// <summary>The pod before the filters; the answers hold until the snapshot changes.</summary>
    public PodTrial Try(Pod pod) => filters.Try(pod);

    /// <summary>Puts a pod on <paramref name="node"/> when it fits; otherwise tells which filter refuses and why.</summary>
    /// <returns>The refusal; null when the pod is there now.</returns>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public Misfit? TryPlace(Pod pod, string node)
    {
        var info = Find(node) ?? throw new ArgumentException($"the snapshot has no node \"{node}\"", nameof(node));
        var trial = filters.Try(pod);
        var (plugin, verdict) = trial.Ask(info);
        if (!verdict.IsSuccess)
        {
            return new Misfit(plugin, verdict.Reasons.ToArray());
        }

        Place(trial.Pod, info);
        return null;
    }

    /// <summary>Puts a pod on the first node where it fits, of those that <paramref name="isWanted"/> takes; the search begins behind the last node found, so that pods spread.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="isWanted">Which nodes are in play.</param>
    /// <param name="from">Where to begin; afterwards where the next search should.</param>
    /// <returns>The node, or null.</returns>
    public NodeInfo? TryPlaceAnywhere(Pod pod, Func<NodeInfo, bool> isWanted, ref int from)
    {
        var trial = filters.Try(pod);
        var nodes = filters.Cache.Nodes;
        for (var i = 0; i < nodes.Count; i++)
        {
            var at = (from + i) % nodes.Count;
            if (isWanted(nodes[at]) && trial.Fits(nodes[at]))
            {
                from = (at + 1) % nodes.Count;
                var node = nodes[at];
                Place(trial.Pod, node);
                return node;
            }
        }

        return null;
    }

    /// <summary>Begins a try; tries can lie within each other.</summary>
    public void Fork() => forks.Push(undo.Count);

    /// <summary>Undoes what was done since the last <see cref="Fork"/>.</summary>
    /// <exception cref="InvalidOperationException">Nothing is being tried out.</exception>
    public void Revert()
    {
        for (var (i, start) = (undo.Count - 1, forks.Pop()); i >= start; i--)
        {
            undo[i]();
            undo.RemoveAt(i);
        }
    }

    /// <summary>Keeps what was done since the last <see cref="Fork"/>; an outer try can still take it back.</summary>
    /// <exception cref="InvalidOperationException">Nothing is being tried out.</exception>
    public void Commit()
    {
        forks.Pop();
        if (forks.Count == 0)
        {
            undo.Clear();
        }
    }

    /// <summary>Does something within a try and takes all of it back.</summary>
    public T Trying<T>(Func<T> something)
    {
        Fork();
        try
        {
            return something();
        }
        finally
        {
            Revert();
        }
    }

    private void Place(PodInfo pod, NodeInfo node)
    {
        filters.Cache.Assume(pod, node);
        Note(() => filters.Cache.Remove(pod.Key));
    }

    private void Note(Action back)
    {
        if (forks.Count > 0)
        {
            undo.Add(back);
        }
    }

    private void RequireUnforked()
    {
        if (forks.Count > 0)
        {
            throw new InvalidOperationException("the cluster's news cannot be taken in while something is being tried out");
        }
    }
}
