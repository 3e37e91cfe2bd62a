namespace KubeLab.Etcd.Raft;

/// <summary>The state machine as of one place of the log; it stands for everything up to there.</summary>
/// <param name="Index">The last place it contains.</param>
/// <param name="Term">That entry's term.</param>
/// <param name="Membership">Who belonged to the group then.</param>
/// <param name="State">The state machine's state, immutable; null for the empty one that every group begins with.</param>
public sealed record RaftSnapshot(long Index, long Term, Membership Membership, object? State)
{
    /// <summary>What a member starts with that has yet to be told anything.</summary>
    public static RaftSnapshot Nothing { get; } = new(0, 0, Membership.Empty, null);

    /// <summary>What the first members of a group start with.</summary>
    /// <remarks>It takes the log's first place, so whoever joins later begins with a snapshot and learns from it who belongs to the group.</remarks>
    public static RaftSnapshot Genesis(Membership membership) => new(1, 1, membership, null);
}
