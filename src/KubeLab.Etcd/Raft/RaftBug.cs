namespace KubeLab.Etcd.Raft;

/// <summary>Mistakes that tests plant, to see that their fault schedules find them.</summary>
internal enum RaftBug
{
    None,

    /// <summary>An answer that arrives twice counts twice.</summary>
    VoteCountedTwice,

    /// <summary>A majority commits entries of earlier terms too (figure 8 of the paper).</summary>
    OldTermCommitted,

    /// <summary>A member forgets in a crash for whom it voted.</summary>
    VoteForgotten,

    /// <summary>A leader answers reads without asking whether it still leads.</summary>
    ReadUnconfirmed,

    /// <summary>A follower acknowledges entries before they are on its disk.</summary>
    AcknowledgedBeforeDisk,
}
