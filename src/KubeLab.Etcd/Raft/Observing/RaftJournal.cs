namespace KubeLab.Etcd.Raft.Observing;

/// <summary>What happened to a group: who led when and in which term, elections, members that fell and rose, cuts, and whether a majority was left.</summary>
/// <remarks>
/// It watches from outside: no member knows of it, nothing is scheduled, no chance is drawn, so a group does the same with and without it. A group without one pays a comparison with null at each hook.
/// It is bounded: of a long story the newest events are kept.
/// </remarks>
public sealed partial class RaftJournal
{
    /// <summary>How many events are kept unless told otherwise.</summary>
    public const int CapacityDefault = 20_000;

    private readonly RaftGroup group;
    private readonly int capacity;
    private readonly Queue<RaftEvent> events = [];
    private Membership membership = Membership.Empty;
    private long membershipAt;
    private DateTimeOffset? networkChanged;
    private string? divisions;
    private bool hasQuorum = true;
    private long leader;

    private RaftJournal(RaftGroup group, int capacity)
    {
        this.group = group;
        this.capacity = capacity;
        Since = group.Now;
    }

    /// <summary>Since when it has been kept.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>The group's time.</summary>
    public DateTimeOffset Now => group.Now;

    /// <summary>What happened, oldest first.</summary>
    public IReadOnlyCollection<RaftEvent> Events
    {
        get
        {
            LookAtNetwork();
            return events;
        }
    }

    /// <summary>How many events were forgotten because there were too many.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Begins a journal of <paramref name="group"/>, or goes on with the one it has.</summary>
    /// <param name="group">The group, which must have its first members.</param>
    /// <param name="capacity">How many events to keep.</param>
    public static RaftJournal Keep(RaftGroup group, int capacity = CapacityDefault)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        if (group.Journal is { } kept)
        {
            return kept;
        }

        var journal = new RaftJournal(group, capacity);
        group.Journal = journal;
        group.Network.CutsChanging += journal.OnCutsChanging;
        journal.networkChanged = group.Now;
        foreach (var member in group.Members)
        {
            if (member.IsUp)
            {
                journal.Started(member);
                journal.Stepped(member);
            }
            else
            {
                journal.Crashed(member);
            }
        }

        journal.LookAtNetwork();
        return journal;
    }

    /// <summary>Ends it; what it holds can still be read.</summary>
    public void Stop()
    {
        LookAtNetwork();
        group.Network.CutsChanging -= OnCutsChanging;
        group.Journal = null;
    }

    /// <summary>What each member was, and when, up to now.</summary>
    public IReadOnlyList<MemberSpan> Spans() => MemberSpan.Of(Events, Now);

    /// <summary>When no majority could be reached, up to now.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> WithoutQuorum()
    {
        var spans = new List<(DateTimeOffset, DateTimeOffset)>();
        DateTimeOffset? since = null;
        foreach (var e in Events)
        {
            if (e.Kind == RaftEventKind.QuorumLost)
            {
                since ??= e.At;
            }
            else if (e.Kind == RaftEventKind.QuorumRegained && since is { } from)
            {
                spans.Add((from, e.At));
                since = null;
            }
        }

        return since is { } open ? [.. spans, (open, Now)] : spans;
    }

    internal void Started(RaftMember member)
    {
        LookAtNetwork();
        var node = member.Node!;
        member.Seen = new MemberSeen { Role = RaftRole.Follower, Term = node.Term };
        Add(RaftEventKind.Up, member, node.Term, $"{member.Name} is up");
        LookAtQuorum();
        trace?.Started(member);
    }

    internal void Crashed(RaftMember member)
    {
        LookAtNetwork();
        var term = member.Seen?.Term ?? 0;
        member.Seen = null;
        Add(RaftEventKind.Down, member, term, $"{member.Name} is down");
        LoseLeader(member, term, "is down");
        LookAtQuorum();
        trace?.Crashed(member);
    }

    internal void Stepped(RaftMember member)
    {
        if (networkChanged is not null)
        {
            LookAtNetwork();
        }

        if (member is not { Node: { } node, Seen: { } seen })
        {
            return;
        }

        if (seen.Role != node.Role || seen.Term != node.Term)
        {
            Changed(member, node, seen);
        }

        if (!ReferenceEquals(seen.Membership, node.Membership))
        {
            seen.Membership = node.Membership;
            LookAtMembership(node);
        }

        trace?.Stepped(member);
    }

    private void LookAtMembership(RaftNode node)
    {
        // Who has applied most knows best who belongs to the group.
        if (node.Applied < membershipAt || node.Membership.ToString() == membership.ToString())
        {
            return;
        }

        var isFirst = membership.Voters.Count == 0;
        (membership, membershipAt) = (node.Membership, node.Applied);
        if (!isFirst)
        {
            Add(new RaftEvent(group.Now, RaftEventKind.Membership, 0, "", node.Term, $"the group is now {membership}"));
        }

        LookAtQuorum();
    }

    private void Changed(RaftMember member, RaftNode node, MemberSeen seen)
    {
        var before = seen.Role;
        (seen.Role, seen.Term) = (node.Role, node.Term);
        switch (node.Role)
        {
            case RaftRole.Leader:
                leader = member.Id;
                Add(RaftEventKind.Leads, member, node.Term, $"{member.Name} leads in term {node.Term}");
                return;
            case RaftRole.PreCandidate:
                Add(RaftEventKind.Campaigns, member, node.Term, $"{member.Name} asks whether it would be elected");
                break;
            case RaftRole.Candidate:
                Add(RaftEventKind.Campaigns, member, node.Term, $"{member.Name} stands for election in term {node.Term}");
                break;
            default:
                Add(RaftEventKind.Follows, member, node.Term, $"{member.Name} follows in term {node.Term}");
                break;
        }

        if (before == RaftRole.Leader)
        {
            LoseLeader(member, node.Term, "has stepped down");
        }
    }

    private void LoseLeader(RaftMember member, long term, string why)
    {
        if (leader == member.Id)
        {
            leader = 0;
            Add(RaftEventKind.LeaderLost, member, term, $"nobody leads: {member.Name} {why}");
        }
    }

    // Told before a link changes: many change in one instant, and only how they stand after it matters.
    private void OnCutsChanging()
    {
        if (networkChanged is { } since && since < group.Now)
        {
            LookAtNetwork();
        }

        networkChanged = group.Now;
    }

    private void LookAtNetwork()
    {
        if (networkChanged is not { } at)
        {
            return;
        }

        networkChanged = null;
        var now = Reach.Divisions(group);
        if (now != divisions)
        {
            divisions = now;
            Add(new RaftEvent(at, RaftEventKind.Network, 0, "", 0, now is null ? "the network is whole" : $"the network is cut: {now}"));
        }

        LookAtQuorum(at);
    }

    private void LookAtQuorum(DateTimeOffset? at = null)
    {
        if (membership.Voters.Count == 0)
        {
            return;
        }

        var now = Reach.HasQuorum(group, membership);
        if (now != hasQuorum)
        {
            hasQuorum = now;
            Add(new RaftEvent(
                at ?? group.Now,
                now ? RaftEventKind.QuorumRegained : RaftEventKind.QuorumLost,
                0,
                "",
                0,
                now ? "a majority is reached again" : $"no majority: {membership.Quorum} of {membership.Voters.Count} are needed"));
        }
    }

    private void Add(RaftEventKind kind, RaftMember member, long term, string text) =>
        Add(new RaftEvent(group.Now, kind, member.Id, member.Name, term, text));

    private void Add(RaftEvent e)
    {
        events.Enqueue(e);
        if (events.Count > capacity)
        {
            events.Dequeue();
            Forgotten++;
        }
    }
}
