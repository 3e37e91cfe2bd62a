namespace KubeLab.Etcd.Raft.Observing;

/// <summary>A time at one member: its disk making the entry safe, or the member being down.</summary>
public sealed class TracedSpan
{
    internal TracedSpan(long member, DateTimeOffset from)
    {
        Member = member;
        From = from;
    }

    /// <summary>The member's number.</summary>
    public long Member { get; }

    /// <summary>Since when.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Until when; null while it lasts.</summary>
    public DateTimeOffset? To { get; internal set; }
}
