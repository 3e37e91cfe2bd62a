namespace KubeLab.Etcd.Raft;

/// <summary>What a member's machine must do for its node, in this order: send, write, send what waited for the disk, apply, and say that it is done.</summary>
public sealed class RaftOutput
{
    /// <summary>What may be sent before anything is on disk: a leader's words, whose own log counts only when written.</summary>
    public required IReadOnlyList<RaftMessage> Messages { get; init; }

    /// <summary>The term, vote and commitment to write, or null when they are as before.</summary>
    public HardState? HardState { get; init; }

    /// <summary>A snapshot to write; it takes the place of all entries written before.</summary>
    public RaftSnapshot? Snapshot { get; init; }

    /// <summary>Entries to write; they take the place of entries written at and behind the first one's index.</summary>
    public required IReadOnlyList<RaftEntry> Entries { get; init; }

    /// <summary>Whether the disk must confirm the writing (fsync) before the rest may happen; commitment alone can be learnt again.</summary>
    public bool MustSync { get; init; }

    /// <summary>What may be sent only when all that is safe: promises.</summary>
    public required IReadOnlyList<RaftMessage> AfterWrite { get; init; }

    /// <summary>Entries to apply, all committed.</summary>
    public required IReadOnlyList<RaftEntry> Committed { get; init; }

    /// <summary>Reads that may be served.</summary>
    public required IReadOnlyList<ReadState> Reads { get; init; }

    /// <summary>Proposals of this member that the leader refused.</summary>
    public required IReadOnlyList<(ProposalId Id, ProposeResult Reason)> Refused { get; init; }

    internal long Term { get; init; }

    internal RaftRole? VotesForItselfAs { get; init; }
}
