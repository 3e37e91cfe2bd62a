namespace KubeLab.Etcd.Raft;

/// <summary>How a member stands, as <c>etcdctl endpoint status</c> tells it.</summary>
public sealed record RaftStatus
{
    /// <summary>The member.</summary>
    public required long Id { get; init; }

    /// <summary>What it is.</summary>
    public required RaftRole Role { get; init; }

    /// <summary>Its term.</summary>
    public required long Term { get; init; }

    /// <summary>Whom it voted for; 0 for nobody.</summary>
    public required long Vote { get; init; }

    /// <summary>Who leads; 0 when it knows of nobody.</summary>
    public required long Leader { get; init; }

    /// <summary>The first entry it still has.</summary>
    public required long FirstIndex { get; init; }

    /// <summary>Its last entry.</summary>
    public required long LastIndex { get; init; }

    /// <summary>Up to where it knows the log to be committed.</summary>
    public required long Commit { get; init; }

    /// <summary>Up to where it has applied it.</summary>
    public required long Applied { get; init; }

    /// <summary>Who belongs to the group.</summary>
    public required Membership Membership { get; init; }

    /// <summary>What a leader knows of all members, itself included; empty elsewhere.</summary>
    public required IReadOnlyList<FollowerStatus> Followers { get; init; }
}

/// <summary>What a leader knows of a member.</summary>
/// <param name="Id">The member.</param>
/// <param name="Match">Up to where its log is known to be as the leader's.</param>
/// <param name="Next">What is sent next.</param>
/// <param name="State">How it is sent to.</param>
/// <param name="IsLearner">Whether it has no vote.</param>
/// <param name="IsActive">Whether it has answered lately.</param>
/// <param name="Inflight">How many messages with entries are under way to it.</param>
public readonly record struct FollowerStatus(long Id, long Match, long Next, ProgressState State, bool IsLearner, bool IsActive, int Inflight);
