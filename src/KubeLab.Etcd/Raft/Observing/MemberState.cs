namespace KubeLab.Etcd.Raft.Observing;

/// <summary>What a member is, as somebody sees it who looks at the group from outside.</summary>
public enum MemberState
{
    /// <summary>It does not run.</summary>
    Down,

    /// <summary>It follows a leader, or waits for one.</summary>
    Follower,

    /// <summary>It stands for election.</summary>
    Candidate,

    /// <summary>It leads, or believes to.</summary>
    Leader,
}
