namespace KubeLab.Etcd.Raft.Observing;

/// <summary>One write from its proposal until all members that run have applied it: who told whom what, and what the disks took.</summary>
public sealed class WriteTrace
{
    /// <summary>It follows no more messages than this.</summary>
    public const int MessagesMax = 500;

    private readonly RaftGroup group;
    private readonly List<TracedMessage> messages = [];
    private readonly List<TracedSpan> syncs = [];
    private readonly List<TracedSpan> downs = [];
    private readonly SortedDictionary<long, DateTimeOffset> applied = [];
    private DateTimeOffset? overAt;

    internal WriteTrace(RaftGroup group) => this.group = group;

    /// <summary>Whether the write has been proposed; before that there is nothing to see.</summary>
    public bool HasBegun => Id != default;

    /// <summary>Whether it was acknowledged, and every member that runs has applied it.</summary>
    public bool IsOver => overAt is not null;

    /// <summary>Which proposal.</summary>
    public ProposalId Id { get; private set; }

    /// <summary>The members' machines by their numbers.</summary>
    public IReadOnlyDictionary<long, string> Members { get; private set; } = new SortedDictionary<long, string>();

    /// <summary>When it was proposed.</summary>
    public DateTimeOffset ProposedAt { get; private set; }

    /// <summary>Who led when it got its place in the log; 0 while it has none.</summary>
    public long Leader { get; private set; }

    /// <summary>Its place in the log; 0 while it has none.</summary>
    public long Index { get; private set; }

    /// <summary>The term of its entry.</summary>
    public long Term { get; private set; }

    /// <summary>When the leader knew that a majority has it; null when that has not come about.</summary>
    public DateTimeOffset? CommittedAt { get; private set; }

    /// <summary>When the member at which it was proposed had applied it and answered.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>When each member applied it.</summary>
    public IReadOnlyDictionary<long, DateTimeOffset> AppliedAt => applied;

    /// <summary>The messages, in the order in which they were sent.</summary>
    public IReadOnlyList<TracedMessage> Messages => messages;

    /// <summary>When disks made the entry safe.</summary>
    public IReadOnlyList<TracedSpan> Syncs => syncs;

    /// <summary>When members were down.</summary>
    public IReadOnlyList<TracedSpan> Downs => downs;

    /// <summary>Whether also what was under way at the end has come, or will never come.</summary>
    internal bool IsSettled => overAt is { } end && Now - end > Settling;

    private static TimeSpan Settling { get; } = TimeSpan.FromSeconds(1);

    private DateTimeOffset Now => group.Now;

    internal void Begin(RaftMember origin, ProposalId id)
    {
        (Id, ProposedAt) = (id, Now);
        Members = new SortedDictionary<long, string>(group.Members.ToDictionary(m => m.Id, m => m.Name));
        downs.AddRange(group.Members.Where(m => !m.IsUp).Select(m => new TracedSpan(m.Id, Now)));
    }

    internal void Sent(RaftMessage message)
    {
        if (HasBegun && !IsOver && messages.Count < MessagesMax && StepOf(message) is { } step)
        {
            messages.Add(new TracedMessage(message, step, TextOf(message, step), Now));
        }
    }

    internal void Received(RaftMessage message)
    {
        var traced = messages.FindLast(m => ReferenceEquals(m.Message, message));
        if (traced is not null)
        {
            // A network that doubles messages brings it twice; the first counts.
            traced.ReceivedAt ??= Now;
        }
    }

    internal void Syncing(RaftMember member, RaftOutput output)
    {
        if (HasBegun && Find(output.Entries) is { } entry)
        {
            Place(entry, member.Node!.Role == RaftRole.Leader ? member.Id : 0);
            syncs.Add(new TracedSpan(member.Id, Now));
        }
    }

    internal void Synced(RaftMember member, RaftOutput output)
    {
        if (HasBegun && Find(output.Entries) is not null && syncs.FindLast(s => s.Member == member.Id) is { To: null } sync)
        {
            sync.To = Now;
        }
    }

    internal void Stepped(RaftMember member)
    {
        if (Index > 0 && CommittedAt is null && member.Node is { Role: RaftRole.Leader } node && node.Commit >= Index && node.Log.TermAt(Index) == Term)
        {
            CommittedAt = Now;
        }
    }

    internal void Applied(RaftMember member, RaftEntry entry)
    {
        if (HasBegun && entry.Proposal == Id)
        {
            Place(entry, 0);
            applied.TryAdd(member.Id, Now);
            AcknowledgedAt ??= member.Id == Id.Origin ? Now : null;
            if (AcknowledgedAt is not null && group.Members.All(m => !m.IsUp || m.Node!.Membership.IsRemoved(m.Id) || applied.ContainsKey(m.Id)))
            {
                overAt ??= Now;
            }
        }
    }

    internal void Started(RaftMember member)
    {
        if (downs.FindLast(d => d.Member == member.Id) is { To: null } down)
        {
            down.To = Now;
        }
    }

    internal void Crashed(RaftMember member)
    {
        if (HasBegun)
        {
            downs.Add(new TracedSpan(member.Id, Now));

            // What its disk was at work on is not safe.
            syncs.RemoveAll(s => s.Member == member.Id && s.To is null);
        }
    }

    private void Place(RaftEntry entry, long leader)
    {
        (Index, Term) = (entry.Index, entry.Term);
        Leader = Leader == 0 ? leader : Leader;
    }

    private RaftEntry? Find(IReadOnlyList<RaftEntry> entries) => entries.FirstOrDefault(e => e.Proposal == Id);

    private WriteStep? StepOf(RaftMessage m)
    {
        switch (m.Kind)
        {
            case MessageKind.Propose or MessageKind.ProposalRefused when m.Proposal!.Id == Id:
                return WriteStep.Propose;
            case MessageKind.Append when Find(m.Entries) is { } entry:
                Place(entry, m.From);
                return WriteStep.Append;
            case MessageKind.AppendResponse when Index > 0 && !m.IsRefusal && m.Index >= Index && HasEntry(m.From) && IsFirst(WriteStep.Acknowledge, m):
                return WriteStep.Acknowledge;
            case MessageKind.Append or MessageKind.Heartbeat when CommittedAt is not null && m.Commit >= Index && HasEntry(m.From) && IsFirst(WriteStep.Commit, m):
                return WriteStep.Commit;
            default:
                return null;
        }
    }

    // Another leader may have put another entry at that place.
    private bool HasEntry(long member) => group[member].Node?.Log.TermAt(Index) == Term;

    // Lost ones are said again, and then drawn again.
    private bool IsFirst(WriteStep step, RaftMessage m) =>
        !messages.Exists(other => other.Step == step && other.From == m.From && other.To == m.To && (other.ReceivedAt is not null || Now - other.SentAt < group.Options.Tick));

    private string TextOf(RaftMessage m, WriteStep step) => step switch
    {
        WriteStep.Propose => m.Kind == MessageKind.Propose ? "please write" : "refused",
        WriteStep.Append => m.Entries.Count == 1 ? $"append {Index}" : $"append {m.Entries[0].Index} to {m.Entries[^1].Index}",
        WriteStep.Acknowledge => $"have {m.Index}",
        _ => $"committed {m.Commit}",
    };
}
