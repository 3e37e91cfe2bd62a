namespace KubeLab.Charts;

/// <summary>What a message does for a write.</summary>
public enum WriteMessageKind
{
    /// <summary>It passes the write on to the leader.</summary>
    Propose,

    /// <summary>It brings the entry.</summary>
    Append,

    /// <summary>It says that the entry is safe.</summary>
    Acknowledge,

    /// <summary>It says that the entry is committed.</summary>
    Commit,
}

/// <summary>A message between two members; times are milliseconds since the write was proposed.</summary>
/// <param name="From">The sender's column.</param>
/// <param name="To">The receiver's column.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Text">A few words.</param>
/// <param name="Sent">When it left.</param>
/// <param name="Received">When it came; null when it never did.</param>
public sealed record WriteMessage(int From, int To, WriteMessageKind Kind, string Text, double Sent, double? Received);

/// <summary>A time at one member, in milliseconds since the write was proposed.</summary>
/// <param name="Member">The member's column.</param>
/// <param name="From">Its start.</param>
/// <param name="To">Its end; null when it did not end.</param>
public sealed record WriteStretch(int Member, double From, double? To);

/// <summary>One write to a group of masters, from its proposal on; times are milliseconds since then.</summary>
public sealed record WriteStory
{
    /// <summary>The members' names, a column for each.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>The column of the member at which the write was proposed.</summary>
    public required int Origin { get; init; }

    /// <summary>The leader's column; null when nobody led.</summary>
    public int? Leader { get; init; }

    /// <summary>The write's place in the log; 0 when it got none.</summary>
    public long Index { get; init; }

    /// <summary>The messages.</summary>
    public IReadOnlyList<WriteMessage> Messages { get; init; } = [];

    /// <summary>When disks made the entry safe.</summary>
    public IReadOnlyList<WriteStretch> Syncs { get; init; } = [];

    /// <summary>When members were down.</summary>
    public IReadOnlyList<WriteStretch> Downs { get; init; } = [];

    /// <summary>When the leader knew that a majority has the entry; null when that did not come about.</summary>
    public double? Committed { get; init; }

    /// <summary>When whoever wrote was answered; null when he was not.</summary>
    public double? Acknowledged { get; init; }

    /// <summary>How long the picture is.</summary>
    public required double Length { get; init; }
}
