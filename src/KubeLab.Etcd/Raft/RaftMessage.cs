namespace KubeLab.Etcd.Raft;

/// <summary>A message between two members.</summary>
public sealed record RaftMessage
{
    /// <summary>What it says.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The sender.</summary>
    public required long From { get; init; }

    /// <summary>The receiver.</summary>
    public required long To { get; init; }

    /// <summary>The sender's term; for a pre-vote, and its grant, the term that the election would have.</summary>
    public required long Term { get; init; }

    /// <summary>A place of the log: the last one of a candidate, the one before <see cref="Entries"/>, the last one acknowledged, the one that was refused, the one to read from.</summary>
    public long Index { get; init; }

    /// <summary>The term of the entry at <see cref="Index"/>, or at <see cref="Hint"/> in a refusal.</summary>
    public long LogTerm { get; init; }

    /// <summary>Up to where the log is committed, as far as it concerns the receiver.</summary>
    public long Commit { get; init; }

    /// <summary>Whether it is a no.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>In a refusal of entries, the place at which the logs may agree.</summary>
    public long Hint { get; init; }

    /// <summary>The heartbeat's number, echoed in its answer; or the number of a read.</summary>
    public long Number { get; init; }

    /// <summary>When a heartbeat went out, by its leader's count of ticks; echoed.</summary>
    public long SentTick { get; init; }

    /// <summary>Whether a vote is asked for by the leader's wish, so that nobody refuses because he hears of a leader.</summary>
    public bool IsTransfer { get; init; }

    /// <summary>Why a proposal was refused.</summary>
    public ProposeResult Reason { get; init; }

    /// <summary>Entries of the log.</summary>
    public IReadOnlyList<RaftEntry> Entries { get; init; } = [];

    /// <summary>The snapshot of a <see cref="MessageKind.Snapshot"/>.</summary>
    public RaftSnapshot? Snapshot { get; init; }

    /// <summary>What is proposed.</summary>
    public Proposal? Proposal { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RaftMessageText.Of(this);
}
