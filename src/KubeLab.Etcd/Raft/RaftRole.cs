namespace KubeLab.Etcd.Raft;

/// <summary>What a member is in its term.</summary>
public enum RaftRole
{
    /// <summary>It follows a leader, or waits for one.</summary>
    Follower,

    /// <summary>It asks whether it would be elected, before it disturbs anybody.</summary>
    PreCandidate,

    /// <summary>It asks for votes.</summary>
    Candidate,

    /// <summary>It leads.</summary>
    Leader,
}
