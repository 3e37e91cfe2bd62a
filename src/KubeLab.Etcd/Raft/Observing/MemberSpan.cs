namespace KubeLab.Etcd.Raft.Observing;

/// <summary>A time during which a member stayed what it was.</summary>
/// <param name="Member">Its number.</param>
/// <param name="Name">Its machine.</param>
/// <param name="State">What it was.</param>
/// <param name="Term">In which term.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when, or until the journal was read.</param>
public sealed record MemberSpan(long Member, string Name, MemberState State, long Term, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The spans that a journal tells of, by member and then by time.</summary>
    /// <param name="events">The journal, oldest first.</param>
    /// <param name="until">Where spans end that have not ended.</param>
    public static IReadOnlyList<MemberSpan> Of(IEnumerable<RaftEvent> events, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(events);
        var spans = new List<MemberSpan>();
        var open = new SortedDictionary<long, MemberSpan>();
        foreach (var e in events)
        {
            if (StateAfter(e.Kind) is not { } state)
            {
                continue;
            }

            if (open.Remove(e.Member, out var before))
            {
                if (before.State == state && before.Term == e.Term)
                {
                    open.Add(e.Member, before);
                    continue;
                }

                AddUnlessEmpty(spans, before with { To = e.At });
            }

            open.Add(e.Member, new MemberSpan(e.Member, e.Name, state, e.Term, e.At, until));
        }

        foreach (var span in open.Values)
        {
            AddUnlessEmpty(spans, span);
        }

        return [.. spans.OrderBy(s => s.Member).ThenBy(s => s.From)];
    }

    private static MemberState? StateAfter(RaftEventKind kind) => kind switch
    {
        RaftEventKind.Down => MemberState.Down,
        RaftEventKind.Up or RaftEventKind.Follows => MemberState.Follower,
        RaftEventKind.Campaigns => MemberState.Candidate,
        RaftEventKind.Leads => MemberState.Leader,
        _ => null,
    };

    private static void AddUnlessEmpty(List<MemberSpan> spans, MemberSpan span)
    {
        if (span.To > span.From)
        {
            spans.Add(span);
        }
    }
}
