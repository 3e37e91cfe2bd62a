using KubeLab.Charts;
using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Raft.Observing;
using Charted = KubeLab.Charts.MemberState;
using Observed = KubeLab.Etcd.Raft.Observing.MemberState;

namespace KubeLab.Quorums;

/// <summary>Pictures of a group that votes, drawn from its journal, its traces and its logs.</summary>
public static class GroupPictures
{
    /// <summary>Who led, who followed, who was down, and when no majority could be reached.</summary>
    /// <param name="journal">The group's journal.</param>
    /// <param name="frame">The span and markers; the whole journal when null.</param>
    public static Figure Members(RaftJournal journal, Frame? frame = null)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return MembersChart.Of(
            [.. journal.Spans().Select(s => new MemberStretch(s.Name, StateOf(s.State), s.Term, s.From, s.To))],
            [.. journal.WithoutQuorum().Select(range => new TimeRange(range.From, range.To))],
            frame ?? new Frame
            {
                LabStarted = journal.Since,
                To = journal.Now,
                Markers = [.. journal.Events.Where(e => e.Kind == RaftEventKind.Network).Select(e => new EventMarker(e.At, e.Text))],
            });
    }

    /// <summary>One write, message by message.</summary>
    /// <param name="trace">The write.</param>
    /// <param name="title">A title in place of the usual one.</param>
    /// <exception cref="InvalidOperationException">Nothing has been written yet.</exception>
    public static Figure Write(WriteTrace trace, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(trace);
        if (!trace.HasBegun)
        {
            throw new InvalidOperationException("no write has been proposed since the trace began: write something, let a moment pass, and draw then");
        }

        List<long> columns = [.. trace.Members.Keys];
        double Ms(DateTimeOffset at) => (at - trace.ProposedAt).TotalMilliseconds;
        double? MsOrNull(DateTimeOffset? at) => at is { } known ? Ms(known) : null;
        List<WriteMessage> messages =
        [
            .. trace.Messages.Select(m => new WriteMessage(
                columns.IndexOf(m.From), columns.IndexOf(m.To), KindOf(m.Step), m.Text, Ms(m.SentAt), MsOrNull(m.ReceivedAt))),
        ];
        List<WriteStretch> syncs = [.. trace.Syncs.Select(s => new WriteStretch(columns.IndexOf(s.Member), Ms(s.From), MsOrNull(s.To)))];
        return WriteStoryChart.Of(
            new WriteStory
            {
                Members = [.. trace.Members.Values],
                Origin = columns.IndexOf(trace.Id.Origin),
                Leader = trace.Leader == 0 ? null : columns.IndexOf(trace.Leader),
                Index = trace.Index,
                Messages = messages,
                Syncs = syncs,
                Downs = [.. trace.Downs.Select(d => new WriteStretch(columns.IndexOf(d.Member), Ms(d.From), MsOrNull(d.To)))],
                Committed = MsOrNull(trace.CommittedAt),
                Acknowledged = MsOrNull(trace.AcknowledgedAt),
                Length = messages.Select(m => m.Received ?? m.Sent).Concat(syncs.Select(s => s.To ?? s.From)).Append(MsOrNull(trace.AcknowledgedAt) ?? 0).Max(),
            },
            title);
    }

    /// <summary>How far each member's log is; of members that are down, what is on their disk.</summary>
    public static Figure Logs(RaftGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return LogBarsChart.Of([.. group.Members.Select(LogOf)]);
    }

    private static MemberLog LogOf(RaftMember member)
    {
        var disk = member.DurableLog;
        return member.Status() is { } status
            ? new MemberLog(member.Name, disk.Snapshot.Index, status.Applied, status.Commit, status.LastIndex)
            : new MemberLog($"{member.Name} (down)", disk.Snapshot.Index, disk.Snapshot.Index, disk.HardState.Commit, disk.LastIndex);
    }

    private static Charted StateOf(Observed state) => state switch
    {
        Observed.Leader => Charted.Leader,
        Observed.Candidate => Charted.Candidate,
        Observed.Down => Charted.Down,
        _ => Charted.Follower,
    };

    private static WriteMessageKind KindOf(WriteStep step) => step switch
    {
        WriteStep.Append => WriteMessageKind.Append,
        WriteStep.Acknowledge => WriteMessageKind.Acknowledge,
        WriteStep.Commit => WriteMessageKind.Commit,
        _ => WriteMessageKind.Propose,
    };
}
