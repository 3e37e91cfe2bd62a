using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Framework;

/// <summary>One idea of the scheduler. The extension points below are in the order in which a pod meets them.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/scheduling-framework/">Scheduling framework</seealso>
public interface IPlugin
{
    /// <summary>Its name, as upstream's configuration spells it.</summary>
    string Name { get; }

    /// <summary>Which changes of the cluster could make a pod fit that this plugin refused.</summary>
    ClusterChange HelpedBy { get; }

    /// <summary>Called for a waiting pod that this plugin refused, with a change of a kind in <see cref="HelpedBy"/>: whether it is worth another try.</summary>
    /// <remarks>Upstream: a queueing hint.</remarks>
    bool MayHelp(Pod waiting, in ClusterEvent change) => true;
}

/// <summary>Says whether a pod may enter the queue at all; called when it is created and when it changes.</summary>
public interface IPreEnqueuePlugin : IPlugin
{
    /// <summary>Not success: the pod waits outside the queue.</summary>
    Verdict PreEnqueue(Pod pod);
}

/// <summary>Orders the queue; exactly one plugin does.</summary>
public interface IQueueSortPlugin : IPlugin, IComparer<Queue.QueuedPod>;

/// <summary>Looks at a pod once, before its nodes; may compute what its filter needs, or refuse the pod for all nodes.</summary>
public interface IPreFilterPlugin : IPlugin
{
    /// <summary>Skip leaves out this plugin's filter for this pod.</summary>
    PreFilterResult PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes);
}

/// <summary>What a plugin says of a pod before its nodes are asked.</summary>
/// <param name="Verdict">Success, Skip, or a refusal for all nodes.</param>
/// <param name="Nodes">The only nodes worth asking, by name; null for all.</param>
public readonly record struct PreFilterResult(Verdict Verdict, IReadOnlySet<string>? Nodes = null)
{
    /// <summary>A verdict that leaves all nodes in play.</summary>
    public static implicit operator PreFilterResult(Verdict verdict) => new(verdict);

    /// <summary>A verdict that leaves all nodes in play.</summary>
    public static PreFilterResult ToPreFilterResult(Verdict verdict) => verdict;
}

/// <summary>Keeps what its filter computed up to date while pods are put on and taken off a copy of a node, to try a preemption.</summary>
public interface IPreFilterExtensions : IPreFilterPlugin
{
    /// <summary>A pod was put on <paramref name="node"/>.</summary>
    void AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node);

    /// <summary>A pod was taken off <paramref name="node"/>.</summary>
    void RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node);
}

/// <summary>
/// A plugin whose answer about a node depends on other nodes too, but which can say what of a node matters to it. Nodes that agree in it get the same answer, so that
/// one of them can be asked for all.
/// </summary>
public interface INodeGrouping : IPlugin
{
    /// <summary>What decides the groups for this pod, or null when it has nothing to say about it. Groups made before stay good as long as this is the same object.</summary>
    object? GroupingOf(PodInfo pod);

    /// <summary>Adds all by which its answers about this node may differ from those about others, until a pod comes to or leaves this node.</summary>
    void Group(PodInfo pod, NodeInfo node, ref NodeGroupKey key);
}

/// <summary>Says whether a pod fits a node. Look at the node given, not at a snapshot: in preemption it may be a copy with pods taken off.</summary>
public interface IFilterPlugin : IPlugin
{
    /// <summary>Whether the answer depends on this pod's spec and this node alone, so that it may be remembered until the node changes.</summary>
    bool IsNodeLocal { get; }

    /// <summary>Called for each node until a plugin refuses it.</summary>
    Verdict Filter(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Called when no node fits; may make room.</summary>
public interface IPostFilterPlugin : IPlugin
{
    /// <summary>Returns the node on which room is being made, or why there is none.</summary>
    PostFilterResult PostFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, FitError error);
}

/// <summary>What a plugin did for a pod that fits nowhere.</summary>
/// <param name="NominatedNode">The node on which room is being made; empty to give up an earlier one; null to leave that as it is.</param>
/// <param name="Message">What it adds to the event.</param>
public readonly record struct PostFilterResult(string? NominatedNode, string Message);

/// <summary>Ranks the nodes that fit.</summary>
public interface IScorePlugin : IPlugin
{
    /// <summary>Whether the score depends on this pod's spec and this node alone.</summary>
    bool IsNodeLocal { get; }

    /// <summary>Called once before the scores; Skip leaves this plugin out for this pod.</summary>
    Verdict PreScore(CycleState state, PodInfo pod, Candidates nodes);

    /// <summary>The raw score of one node; after <see cref="Normalize"/> it lies in 0 to 100.</summary>
    long Score(CycleState state, PodInfo pod, NodeInfo node);

    /// <summary>Brings the raw scores of all nodes into 0 to 100; returns false when there is nothing to do, as for scores that lie there already.</summary>
    bool Normalize(Span<long> scores);
}

/// <summary>Told that a pod is about to go to a node, and told again if it does not.</summary>
public interface IReservePlugin : IPlugin
{
    /// <summary>Not success: the pod is turned back.</summary>
    Verdict Reserve(CycleState state, PodInfo pod, NodeInfo node);

    /// <summary>Undoes <see cref="Reserve"/>.</summary>
    void Unreserve(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Has the last word before the binding.</summary>
public interface IPermitPlugin : IPlugin
{
    /// <summary>Not success: the pod is turned back; Wait: it is asked again a second later.</summary>
    Verdict Permit(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Does what must be done before the binding, such as attaching storage.</summary>
public interface IPreBindPlugin : IPlugin
{
    /// <summary>Not success: the pod is turned back; Wait: it is asked again a second later.</summary>
    Verdict PreBind(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Binds a pod to a node.</summary>
public interface IBindPlugin : IPlugin
{
    /// <summary>Skip leaves it to the next; a refusal of the server passes through as an exception.</summary>
    Verdict Bind(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Told after a binding.</summary>
public interface IPostBindPlugin : IPlugin
{
    /// <summary>Information only.</summary>
    void PostBind(CycleState state, PodInfo pod, NodeInfo node);
}
