using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.ScaleUp;
using KubeLab.Autoscaling.Nodes.State;
using KubeLab.Autoscaling.Simulating;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>Finds nodes that are not needed, and says which of them may go now.</summary>
/// <remarks>Upstream: core/scaledown/planner, eligibility, unneeded, unremovable.</remarks>
/// <param name="snapshot">The cluster, nodes on their way included.</param>
/// <param name="cloud">The provider.</param>
/// <param name="rules">What may be done with pods.</param>
/// <param name="options">The settings.</param>
public sealed class ScaleDownPlanner(ClusterSnapshot snapshot, ICloudNodeGroups cloud, DrainRules rules, ClusterAutoscalerOptions options)
{
    private readonly RemovalSimulator simulator = new(snapshot, rules);
    private readonly HintedPlacing injecting = new(snapshot);
    private readonly Dictionary<string, (DateTimeOffset Until, UnremovableNode Why)> recent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnremovableNode> unremovable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Utilization> utilizations = new(StringComparer.Ordinal);
    private OrderedDictionary<string, UnneededNode> unneeded = new(StringComparer.Ordinal);
    private bool knowsItsOwn;

    /// <summary>The nodes that are not needed, and since when.</summary>
    public IReadOnlyCollection<UnneededNode> Unneeded => unneeded.Values;

    /// <summary>Why each of the other nodes stays; for unneeded ones why they stay a while yet.</summary>
    public IReadOnlyDictionary<string, UnremovableNode> Unremovable => unremovable;

    /// <summary>What share of each node is requested, as far as it was computed.</summary>
    public IReadOnlyDictionary<string, Utilization> Utilizations => utilizations;

    /// <summary>When the first node that was tried in vain is tried again; null when there is none.</summary>
    public DateTimeOffset? NextRecheck => recent.Count == 0 ? null : recent.Values.Min(r => r.Until);

    /// <summary>How many removals were tried in vain so far.</summary>
    public long Tries { get; private set; }

    /// <summary>Notes why a node is no candidate at all.</summary>
    public void Note(UnremovableNode node) => unremovable[node.Node] = node;

    /// <summary>Forgets which nodes are not needed; they have to be so for the whole time again.</summary>
    public void Clear() => unneeded = new(StringComparer.Ordinal);

    /// <summary>Looks at the cluster as it is now; what it tries out in the snapshot is taken back.</summary>
    /// <param name="candidates">Nodes that may go, in the order in which they are tried.</param>
    /// <param name="destinations">Nodes that may take their pods.</param>
    /// <param name="deleting">Nodes that are going already.</param>
    /// <param name="evicted">Pods that were evicted and may not be back yet: room is kept for them.</param>
    /// <param name="budgets">What budgets allow.</param>
    /// <param name="now">The present.</param>
    public void Update(IReadOnlyList<Node> candidates, IEnumerable<Node> destinations, IReadOnlySet<string> deleting, IReadOnlyList<Pod> evicted, RemainingBudgets budgets, DateTimeOffset now)
    {
        snapshot.Fork();
        try
        {
            InjectOngoing(deleting, evicted);
            Categorize([.. candidates.Where(n => !deleting.Contains(n.Metadata.Name!))], destinations.Select(n => n.Metadata.Name!).Where(n => !deleting.Contains(n)).ToHashSet(StringComparer.Ordinal), budgets, now);
        }
        finally
        {
            snapshot.Revert();
        }

        simulator.DropOldHints();
        injecting.DropOldHints();
    }

    /// <summary>The unneeded nodes that may go now: those without pods to move, and the others.</summary>
    /// <param name="deleting">How many machines of each group are going already.</param>
    /// <param name="limits">What the cluster may lose.</param>
    /// <param name="now">The present.</param>
    public (IReadOnlyList<RemovableNode> Empty, IReadOnlyList<RemovableNode> Occupied) NodesToDelete(Func<string, int> deleting, ResourceLimits limits, DateTimeOffset now)
    {
        var sizes = cloud.Groups.ToDictionary(g => g.Id, g => g.TargetSize, StringComparer.Ordinal);
        var (empty, occupied) = (new List<RemovableNode>(), new List<RemovableNode>());
        foreach (var node in unneeded.Values.OrderBy(n => n.Removable.Pods.Count > 0))
        {
            if (WhyNotYet(node, sizes, deleting, ref limits, now) is { } reason)
            {
                unremovable[node.Name] = new UnremovableNode(node.Name, reason);
                continue;
            }

            (node.Removable.Pods.Count == 0 ? empty : occupied).Add(node.Removable);
        }

        return (empty, [.. occupied.OrderBy(n => n.IsRisky)]);
    }

    private UnremovableReason? WhyNotYet(UnneededNode node, Dictionary<string, int> sizes, Func<string, int> deleting, ref ResourceLimits limits, DateTimeOffset now)
    {
        if (IsDisabled(node.Removable.Node))
        {
            return UnremovableReason.ScaleDownDisabledAnnotation;
        }

        if (cloud.GroupOf(node.Removable.Node) is not { } group)
        {
            return UnremovableReason.NotAutoscaled;
        }

        if (NodeReadiness.IsReady(node.Removable.Node))
        {
            if (node.Since + options.ScaleDownUnneededTime >= now)
            {
                return UnremovableReason.NotUnneededLongEnough;
            }
        }
        else if (node.Since + options.ScaleDownUnreadyTime >= now)
        {
            return UnremovableReason.NotUnreadyLongEnough;
        }

        if (sizes[group.Id] - deleting(group.Id) <= group.MinSize)
        {
            return UnremovableReason.NodeGroupMinSizeReached;
        }

        var own = ResourceLimits.Of(node.Removable.Node);
        if (limits.ExceededBy(own).Count > 0)
        {
            return UnremovableReason.MinimalResourceLimitExceeded;
        }

        limits = limits.Without(own);
        sizes[group.Id]--;
        return null;
    }

    /// <summary>Pods of nodes that are going will need a place, and so will those that were evicted and are not back yet.</summary>
    private void InjectOngoing(IReadOnlySet<string> deleting, IReadOnlyList<Pod> evicted)
    {
        var pods = deleting.Order(StringComparer.Ordinal).Select(snapshot.Find).OfType<Scheduling.Framework.NodeInfo>().SelectMany(n => n.Pods).Select(p => p.Pod)
            .Where(p => !PodTraits.IsMirror(p) && !PodTraits.IsDaemon(p)).ToList();
        foreach (var pod in pods)
        {
            snapshot.RemovePod(ObjectKey.Of(pod), pod.Spec.NodeName!);
        }

        injecting.Place(pods.Concat(evicted), n => !deleting.Contains(n.Name), untilOneFails: false, out _);
    }

    private void Categorize(List<Node> candidates, HashSet<string> destinations, RemainingBudgets budgets, DateTimeOffset now)
    {
        unremovable.Clear();
        utilizations.Clear();
        foreach (var name in recent.Where(r => r.Value.Until <= now || snapshot.Find(r.Key) is null).Select(r => r.Key).ToList())
        {
            recent.Remove(name);
        }

        var kept = new OrderedDictionary<string, UnneededNode>(StringComparer.Ordinal);
        foreach (var node in candidates.Where(n => IsEligible(n, now)))
        {
            var name = node.Metadata.Name!;
            var (removable, reason) = simulator.Simulate(name, destinations, budgets, now);
            if (removable is null)
            {
                unremovable[name] = reason!;
                recent[name] = (now + options.UnremovableNodeRecheckTimeout, reason!);
                Tries++;
                continue;
            }

            budgets.FirstRefused(removable.Pods, out var together);
            destinations.Remove(name);
            budgets.Use(removable.Pods);
            kept[name] = new UnneededNode(removable with { IsRisky = !together }, unneeded.GetValueOrDefault(name)?.Since ?? (knowsItsOwn ? null : AutoscalerTaints.CandidateSince(node)) ?? now);
        }

        // Only a process that has just begun trusts the marks of the one before it.
        (unneeded, knowsItsOwn) = (kept, true);
    }

    private bool IsEligible(Node node, DateTimeOffset now)
    {
        var name = node.Metadata.Name!;
        var info = snapshot.Find(name);
        var utilization = info is null ? null : Utilization.Of(info, options.IgnoreDaemonSetsUtilization, options.IgnoreMirrorPodsUtilization, now);
        if (utilization is not null)
        {
            utilizations[name] = utilization;
        }

        var threshold = Utilization.HasGpu(node) ? options.ScaleDownGpuUtilizationThreshold : options.ScaleDownUtilizationThreshold;
        var why = recent.TryGetValue(name, out var before) ? before.Why
            : AutoscalerTaints.IsToBeDeleted(node) ? new UnremovableNode(name, UnremovableReason.CurrentlyBeingDeleted)
            : IsDisabled(node) ? new UnremovableNode(name, UnremovableReason.ScaleDownDisabledAnnotation)
            : cloud.GroupOf(node) is null ? new UnremovableNode(name, UnremovableReason.NotAutoscaled)
            : utilization is null ? new UnremovableNode(name, UnremovableReason.UnexpectedError, Detail: "it does not say how much CPU and memory it has")
            : !options.ScaleDownUnreadyEnabled && !NodeReadiness.IsReady(node) ? new UnremovableNode(name, UnremovableReason.ScaleDownUnreadyDisabled)
            : utilization.Value >= threshold ? new UnremovableNode(name, UnremovableReason.NotUnderutilized)
            : null;
        if (why is not null)
        {
            unremovable[name] = why;
        }

        return why is null;
    }

    private static bool IsDisabled(Node node) => node.Metadata.Annotations["cluster-autoscaler.kubernetes.io/scale-down-disabled"] == "true";
}

/// <summary>A node that is not needed.</summary>
/// <param name="Removable">What would move if it went.</param>
/// <param name="Since">Since when.</param>
public sealed record UnneededNode(RemovableNode Removable, DateTimeOffset Since)
{
    /// <summary>Its name.</summary>
    public string Name => Removable.Node.Metadata.Name!;
}
