namespace KubeLab.Etcd.Raft;

/// <summary>How a leader sends to a follower.</summary>
public enum ProgressState
{
    /// <summary>It does not know where the logs agree: one message at a time.</summary>
    Probe,

    /// <summary>It knows: a stream of messages, not waiting for each answer.</summary>
    Replicate,

    /// <summary>A snapshot is under way; entries wait for it.</summary>
    Snapshot,
}
