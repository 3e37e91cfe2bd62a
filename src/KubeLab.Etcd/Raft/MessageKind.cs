namespace KubeLab.Etcd.Raft;

/// <summary>What members say to each other.</summary>
public enum MessageKind
{
    /// <summary>Would you vote for me? It changes nothing at the one who is asked.</summary>
    PreVote,

    /// <summary>The answer to <see cref="PreVote"/>.</summary>
    PreVoteResponse,

    /// <summary>Vote for me.</summary>
    Vote,

    /// <summary>The answer to <see cref="Vote"/>.</summary>
    VoteResponse,

    /// <summary>Entries behind a place of the log, and how far it is committed.</summary>
    Append,

    /// <summary>How far the log agrees with the leader's, or a refusal with a hint where to look.</summary>
    AppendResponse,

    /// <summary>I lead.</summary>
    Heartbeat,

    /// <summary>The answer to <see cref="Heartbeat"/>.</summary>
    HeartbeatResponse,

    /// <summary>A snapshot, where the entries a follower lacks are no longer there.</summary>
    Snapshot,

    /// <summary>Take over: begin an election at once.</summary>
    TimeoutNow,

    /// <summary>A proposal, passed on to the leader.</summary>
    Propose,

    /// <summary>The leader did not take a proposal that was passed on.</summary>
    ProposalRefused,

    /// <summary>From where on may I read? Passed on to the leader.</summary>
    ReadIndex,

    /// <summary>The answer to <see cref="ReadIndex"/>.</summary>
    ReadIndexResponse,
}
