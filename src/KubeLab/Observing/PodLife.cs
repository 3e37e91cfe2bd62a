using KubeLab.Api;

namespace KubeLab.Observing;

/// <summary>When what happened to one pod, to the tick; the API itself says it in whole seconds.</summary>
internal sealed class PodLife(ObjectKey key, DateTimeOffset created)
{
    /// <summary>Its name.</summary>
    public ObjectKey Key => key;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt => created;

    /// <summary>The labels by which services select it.</summary>
    public StringMap Labels { get; init; }

    /// <summary>The uid of its owner; null for a bare pod.</summary>
    public string? OwnerUid { get; set; }

    /// <summary>The workload it counts for; null for a bare pod.</summary>
    public ReplicaRecord? Workload { get; set; }

    /// <summary>The version of the workload that it is a copy of; null for a bare pod.</summary>
    public VersionRecord? Version { get; init; }

    /// <summary>The node it was bound to.</summary>
    public string? Node { get; set; }

    /// <summary>When it was bound.</summary>
    public DateTimeOffset? ScheduledAt { get; set; }

    /// <summary>When all of its containers first ran.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it was first ready.</summary>
    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>Whether it counts as existing.</summary>
    public bool Exists { get; set; }

    /// <summary>Whether it is ready now.</summary>
    public bool IsReady { get; set; }
}
