using System.Globalization;

namespace KubeLab.Etcd.Raft.Observing;

/// <summary>One line of a group's journal.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Member">The member's number; 0 when it is about the group.</param>
/// <param name="Name">The member's machine; empty when it is about the group.</param>
/// <param name="Term">The member's term then.</param>
/// <param name="Text">What happened, in words.</param>
public sealed record RaftEvent(DateTimeOffset At, RaftEventKind Kind, long Member, string Name, long Term, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At:HH:mm:ss.fff} {Text}");
}
