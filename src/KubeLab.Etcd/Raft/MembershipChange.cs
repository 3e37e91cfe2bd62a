namespace KubeLab.Etcd.Raft;

/// <summary>What becomes of a member.</summary>
public enum MembershipChangeKind
{
    /// <summary>It joins and receives the log, without a vote.</summary>
    AddLearner,

    /// <summary>It gets a vote; a learner is promoted.</summary>
    AddVoter,

    /// <summary>It leaves.</summary>
    Remove,
}

/// <summary>A change of one member. One at a time keeps any majority before and any after it overlapping.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Member">Who.</param>
/// <seealso href="https://etcd.io/docs/v3.5/learning/design-learner/">learners</seealso>
public sealed record MembershipChange(MembershipChangeKind Kind, long Member)
{
    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        MembershipChangeKind.AddLearner => $"learner {Member}",
        MembershipChangeKind.AddVoter => $"voter {Member}",
        _ => $"remove {Member}",
    };
}
