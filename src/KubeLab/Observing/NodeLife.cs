using KubeLab.Cloud.Machines;

namespace KubeLab.Observing;

/// <summary>When what happened to one worker, to the tick: its machine asked for, its node registered and ready.</summary>
internal sealed class NodeLife(string name)
{
    /// <summary>The machine's name, which is the node's.</summary>
    public string Name => name;

    /// <summary>The rented machine; null for one of the learner's own.</summary>
    public Machine? Machine { get; set; }

    /// <summary>When its guest system first ran.</summary>
    public DateTimeOffset? BootedAt { get; set; }

    /// <summary>When its node first stood in the API.</summary>
    public DateTimeOffset? RegisteredAt { get; set; }

    /// <summary>When the node was first ready.</summary>
    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>What it counts as now.</summary>
    public NodeState State { get; set; }
}

/// <summary>What a worker counts as.</summary>
internal enum NodeState
{
    /// <summary>Not there: neither node nor machine.</summary>
    Gone,

    /// <summary>Its machine was asked for and its node is not in the API yet.</summary>
    Booting,

    /// <summary>Its node is in the API and not ready.</summary>
    NotReady,

    /// <summary>Its node is ready.</summary>
    Ready,
}
