namespace KubeLab.Etcd.Raft.Observing;

/// <summary>What a message does for a write.</summary>
public enum WriteStep
{
    /// <summary>It passes the proposal on to the leader, or refuses it.</summary>
    Propose,

    /// <summary>It brings the entry.</summary>
    Append,

    /// <summary>It says that the entry is safe on the sender's disk.</summary>
    Acknowledge,

    /// <summary>It says that the entry is committed.</summary>
    Commit,
}

/// <summary>A message on the way of a write.</summary>
public sealed class TracedMessage
{
    internal TracedMessage(RaftMessage message, WriteStep step, string text, DateTimeOffset sentAt)
    {
        Message = message;
        Step = step;
        Text = text;
        SentAt = sentAt;
    }

    /// <summary>The sender's number.</summary>
    public long From => Message.From;

    /// <summary>The receiver's number.</summary>
    public long To => Message.To;

    /// <summary>What it does for the write.</summary>
    public WriteStep Step { get; }

    /// <summary>A few words for a diagram.</summary>
    public string Text { get; }

    /// <summary>When it left.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>When it came; null while it is under way, and for ever when it is lost or its receiver does not run.</summary>
    public DateTimeOffset? ReceivedAt { get; internal set; }

    internal RaftMessage Message { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{From}→{To} {Text}";
}
