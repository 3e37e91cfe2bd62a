using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.State;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>Removes nodes: a taint, a drain, then the machine.</summary>
/// <remarks>Upstream: core/scaledown/actuation/actuator.go and deletiontracker.</remarks>
/// <param name="api">The server.</param>
/// <param name="clock">The time.</param>
/// <param name="cluster">The cluster as it is watched.</param>
/// <param name="cloud">The provider.</param>
/// <param name="state">Is told of machines that go.</param>
/// <param name="rules">What may be done with pods.</param>
/// <param name="events">Writes events about nodes and pods.</param>
/// <param name="options">The settings.</param>
/// <param name="budgets">What budgets allow now.</param>
/// <param name="log">Writes an event about the autoscaler: whether it is a warning, its reason, its message.</param>
public sealed class ScaleDownActuator(
    IKubernetesApi api, VirtualClock clock, WatchedCluster cluster, ICloudNodeGroups cloud, ClusterState state, DrainRules rules, EventRecorder events, ClusterAutoscalerOptions options,
    Func<RemainingBudgets> budgets, Action<bool, string, string> log)
{
    private static readonly TimeSpan EvictionsRemembered = TimeSpan.FromMinutes(5);

    private readonly OrderedDictionary<string, Deletion> deletions = new(StringComparer.Ordinal);
    private readonly List<(Pod Pod, DateTimeOffset Until)> evictions = [];

    /// <summary>When a removal failed last; null when none has.</summary>
    public DateTimeOffset? LastFailure { get; private set; }

    /// <summary>The nodes that are going.</summary>
    public IReadOnlySet<string> Deleting => deletions.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether none is.</summary>
    public bool IsIdle => deletions.Count == 0 && evictions.Count == 0;

    /// <summary>How many nodes of a group are going.</summary>
    public int DeletingOf(string group) => deletions.Values.Count(d => d.Group.Id == group);

    /// <summary>Pods that were evicted a short while ago and are not known to be back.</summary>
    public IReadOnlyList<Pod> RecentEvictions()
    {
        evictions.RemoveAll(e => e.Until <= clock.Now || IsBack(e.Pod));
        return [.. evictions.Select(e => e.Pod)];
    }

    /// <summary>Begins to remove nodes, as many as may go at once; those without pods first.</summary>
    /// <param name="empty">Nodes without pods to move.</param>
    /// <param name="occupied">The others.</param>
    /// <returns>Whether the removal of any began.</returns>
    public bool Start(IReadOnlyList<RemovableNode> empty, IReadOnlyList<RemovableNode> occupied)
    {
        var room = options.MaxScaleDownParallelism - deletions.Count;
        var draining = deletions.Values.Count(d => d.Drains);
        var emptyNow = empty.Take(Math.Max(0, room)).ToList();
        var occupiedNow = occupied.Take(Math.Max(0, Math.Min(room - emptyNow.Count, options.MaxDrainParallelism - draining))).ToList();
        if (emptyNow.Count + occupiedNow.Count == 0)
        {
            return false;
        }

        // All are tainted before the first is drained, so that no pod moves onto one that goes next.
        var tainted = emptyNow.Concat(occupiedNow).Where(Taint).ToList();
        foreach (var node in tainted)
        {
            Begin(node, drains: occupiedNow.Contains(node));
        }

        return tainted.Count > 0;
    }

    /// <summary>Marks unneeded nodes as candidates and takes the mark from others, a few at a time.</summary>
    public void MarkCandidates(IReadOnlySet<string> unneeded, IEnumerable<Node> nodes)
    {
        var left = options.MaxBulkSoftTaintCount;
        foreach (var node in nodes.Where(n => !AutoscalerTaints.IsToBeDeleted(n) && unneeded.Contains(n.Metadata.Name!) != AutoscalerTaints.IsCandidate(n)).Take(left).ToList())
        {
            Change(node.Metadata.Name!, n => unneeded.Contains(n.Metadata.Name!) ? AutoscalerTaints.MarkCandidate(n, clock.Now) : AutoscalerTaints.CleanCandidate(n));
        }
    }

    /// <summary>Takes away the marks that an earlier process left on nodes that it did not come to remove.</summary>
    public void CleanUp(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes.Where(n => cloud.GroupOf(n) is not null && AutoscalerTaints.IsToBeDeleted(n)).ToList())
        {
            Change(node.Metadata.Name!, n => AutoscalerTaints.CleanToBeDeleted(n, options.CordonNodeBeforeTerminating));
        }
    }

    /// <summary>Gives up everything that is under way, as a process that ends.</summary>
    public void Stop()
    {
        foreach (var deletion in deletions.Values)
        {
            deletion.Next?.Cancel();
            deletion.Drain?.Stop();
        }

        deletions.Clear();
        evictions.Clear();
    }

    private bool Taint(RemovableNode node)
    {
        try
        {
            Write(node.Node.Metadata.Name!, n => AutoscalerTaints.MarkToBeDeleted(n, clock.Now, options.CordonNodeBeforeTerminating));
            events.Normal(node.Node, "ScaleDown", "marked the node as toBeDeleted/unschedulable");
            return true;
        }
        catch (ApiException refusal)
        {
            events.Warning(node.Node, "ScaleDownFailed", $"failed to mark the node as toBeDeleted/unschedulable: {refusal.Message}");
            return false;
        }
    }

    private void Begin(RemovableNode node, bool drains)
    {
        var name = node.Node.Metadata.Name!;
        if (cloud.GroupOf(node.Node) is not { } group)
        {
            return;
        }

        if (drains)
        {
            var utilization = cluster.Snapshot.Find(name) is { } info ? Utilization.Of(info, options.IgnoreDaemonSetsUtilization, options.IgnoreMirrorPodsUtilization, clock.Now) : null;
            log(false, "ScaleDown", $"Scale-down: removing node {name}, utilization: {utilization}, pods to reschedule: {string.Join(",", node.Pods.Select(p => p.Metadata.Name))}");
        }
        else
        {
            log(false, "ScaleDownEmpty", $"Scale-down: removing empty node \"{name}\"");
        }

        var deletion = new Deletion(node.Node, group, drains);
        deletions.Add(name, deletion);
        deletion.Next = clock.After(options.NodeDeleteDelayAfterTaint, () => Drain(deletion));
    }

    /// <summary>The scheduler knows of the taint by now; what came onto the node before it did is found here.</summary>
    private void Drain(Deletion deletion)
    {
        var name = deletion.Node.Metadata.Name!;
        if (cluster.Snapshot.Find(name) is not { } info)
        {
            Fail(deletion, $"can't retrieve node \"{name}\"");
            return;
        }

        if (RemovalSimulator.PodsToMove(rules, info, budgets(), clock.Now, out var pods, out var daemons) is { } blocker)
        {
            Fail(deletion, blocker.Message);
            return;
        }

        if (!deletion.Drains && pods.Count > 0)
        {
            Fail(deletion, $"failed to delete empty node \"{name}\", new pods scheduled");
            return;
        }

        var evictsDaemons = deletion.Drains ? options.DaemonSetEvictionForOccupiedNodes : options.DaemonSetEvictionForEmptyNodes;
        deletion.Drain = new NodeDrain(api, clock, events, options, name, OnEvicted, failure =>
        {
            if (failure is null)
            {
                Delete(deletion);
            }
            else
            {
                Fail(deletion, failure);
            }
        });
        deletion.Drain.Start(pods, daemons.Where(p => EvictsDaemon(p, evictsDaemons)));
    }

    private static bool EvictsDaemon(Pod pod, bool byDefault) => pod.Metadata.Annotations["cluster-autoscaler.kubernetes.io/enable-ds-eviction"] switch
    {
        "true" => true,
        "false" => false,
        _ => byDefault,
    };

    private void Delete(Deletion deletion)
    {
        var name = deletion.Node.Metadata.Name!;
        if (deletion.Group.TargetSize <= deletion.Group.MinSize)
        {
            Fail(deletion, $"failed to delete nodes from group {deletion.Group.Id}: min size reached, nodes will not be deleted");
            return;
        }

        try
        {
            deletion.Group.DeleteInstances([deletion.Node.Spec.ProviderID!]);
        }
        catch (CloudRefusalException refusal)
        {
            Fail(deletion, $"failed to delete nodes from group {deletion.Group.Id}: {refusal.Message}");
            return;
        }

        deletions.Remove(name);
        events.Normal(deletion.Node, "ScaleDown", "nodes removed by cluster autoscaler");
        state.RegisterScaleDown(deletion.Group, name, clock.Now);
        if (deletion.Drains)
        {
            log(false, "ScaleDown", $"Scale-down: node {name} removed with drain");
        }
        else
        {
            log(false, "ScaleDownEmpty", $"Scale-down: empty node {name} removed");
        }
    }

    private void Fail(Deletion deletion, string why)
    {
        var name = deletion.Node.Metadata.Name!;
        deletions.Remove(name);
        LastFailure = clock.Now;
        events.Warning(deletion.Node, "ScaleDownFailed", deletion.Drains ? $"failed to drain and delete node: {why}" : $"failed to delete empty node: {why}");
        Change(name, n => AutoscalerTaints.CleanToBeDeleted(n, options.CordonNodeBeforeTerminating));
    }

    private void OnEvicted(Pod pod)
    {
        if (PodTraits.ControllerOf(pod) is not null && !PodTraits.IsDaemon(pod))
        {
            evictions.Add((pod, clock.Now + EvictionsRemembered));
        }
    }

    /// <summary>Its controller has made as many since: a pod of the same owner is younger than the eviction.</summary>
    private bool IsBack(Pod evicted) => cluster.Pods[ObjectKey.Of(evicted)] is null
        && PodTraits.ControllerOf(evicted) is { } owner
        && cluster.Pods.Objects.Any(p => PodTraits.ControllerOf(p)?.Uid == owner.Uid && p.Metadata.CreationTimestamp is { } made && made.Instant + EvictionsRemembered >= clock.Now);

    private void Change(string node, Func<Node, Node> change)
    {
        try
        {
            Write(node, change);
        }
        catch (ApiException)
        {
            // The node is gone, or nobody answers; the next loop looks again.
        }
    }

    private void Write(string name, Func<Node, Node> change)
    {
        var node = api.Get<Node>("", name);
        if (change(node) is var changed && changed != node)
        {
            api.Update(changed);
        }
    }

    private sealed class Deletion(Node node, INodeGroup group, bool drains)
    {
        public Node Node { get; } = node;

        public INodeGroup Group { get; } = group;

        public bool Drains { get; } = drains;

        public Scheduled? Next { get; set; }

        public NodeDrain? Drain { get; set; }
    }
}
