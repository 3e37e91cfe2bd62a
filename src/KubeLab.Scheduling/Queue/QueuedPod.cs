using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Queue;

/// <summary>A pod that waits for a node, and what is known of its earlier attempts.</summary>
public sealed class QueuedPod(Pod pod, DateTimeOffset queuedAt, long sequence)
{
    /// <summary>The pod in its newest version.</summary>
    public Pod Pod { get; internal set; } = pod;

    /// <summary>When it entered the queue.</summary>
    public DateTimeOffset QueuedAt { get; internal set; } = queuedAt;

    /// <summary>Its place among those that came in the same instant.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; internal set; }

    /// <summary>The changes that could help it.</summary>
    public ClusterChange HelpedBy { get; internal set; }

    /// <summary>The plugins that refused it, which look closer at such a change.</summary>
    internal IReadOnlyList<IPlugin> RefusedBy { get; set; } = [];

    /// <summary>When it may be tried again at the earliest.</summary>
    public DateTimeOffset BackoffUntil { get; internal set; }

    /// <summary>Since when it is set aside as unschedulable.</summary>
    public DateTimeOffset SetAsideAt { get; internal set; }

    /// <summary>Its importance; 0 when it names none.</summary>
    public int Priority => Pod.Spec.Priority ?? 0;

    internal ObjectKey Key => ObjectKey.Of(Pod);

    internal Place Place { get; set; }
}

internal enum Place
{
    Nowhere,
    Active,
    Backoff,
    SetAside,
    Gated,
}
