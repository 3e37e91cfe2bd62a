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
    Verdict PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes);
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
    /// <summary>Returns the node on which room is being made, or null with a message for the event.</summary>
    (string? NominatedNode, string Message) PostFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, FitError error);
}

/// <summary>Ranks the nodes that fit.</summary>
public interface IScorePlugin : IPlugin
{
    /// <summary>Whether the score depends on this pod's spec and this node alone.</summary>
    bool IsNodeLocal { get; }

    /// <summary>Called once before the scores; Skip leaves this plugin out for this pod.</summary>
    Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes);

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
    /// <summary>Not success: the pod is turned back.</summary>
    Verdict Permit(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Does what must be done before the binding, such as attaching storage.</summary>
public interface IPreBindPlugin : IPlugin
{
    /// <summary>Not success: the pod is turned back.</summary>
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
