using KubeLab.Etcd.Raft;

namespace KubeLab.Tests.Etcd.Raft.Faults;

/// <summary>Looks at a member after each of its steps: the five properties of figure 3 of the paper, and what they rest on.</summary>
internal sealed class RaftWatch(RaftGroup group)
{
    private readonly Dictionary<long, Seen> members = [];
    private readonly Dictionary<long, long> leaders = [];
    private readonly Dictionary<(long Index, long Term), (RaftEntry Entry, long TermBefore)> entries = [];
    private readonly Dictionary<long, (RaftEntry Entry, long Term)> committed = [];
    private readonly Dictionary<long, RaftEntry> applied = [];
    private readonly Dictionary<ProposalId, long> places = [];

    /// <summary>How many looks it has taken.</summary>
    public long Looks { get; private set; }

    /// <summary>How many terms have had a leader.</summary>
    public int Terms => leaders.Count;

    public int Committed => committed.Count;

    public void Look(RaftMember member)
    {
        if (member.Node is not { } node)
        {
            return;
        }

        Looks++;
        if (!members.TryGetValue(member.Id, out var seen) || !ReferenceEquals(seen.Node, node))
        {
            members[member.Id] = seen = new Seen(node);
        }

        Require(node.Term >= seen.Term && node.Commit >= seen.Commit, $"{node.Id}: term and commitment never go back");
        var stayedLeader = seen.Role == RaftRole.Leader && node.Role == RaftRole.Leader && seen.Term == node.Term;
        LookAtLog(node, seen, stayedLeader);
        if (node.Role == RaftRole.Leader && !stayedLeader)
        {
            LookAtNewLeader(node);
        }

        LookAtCommitment(node, seen);
        (seen.Term, seen.Role, seen.Commit) = (node.Term, node.Role, node.Commit);
    }

    /// <summary>State-machine safety: no two members apply different entries at one place; and no proposal is applied at two places.</summary>
    public void Applied(long member, RaftEntry entry)
    {
        Require(applied.TryAdd(entry.Index, entry) || ReferenceEquals(applied[entry.Index], entry), $"{member} applies {entry}, another applied {applied[entry.Index]}");
        if (entry.Proposal.Sequence > 0)
        {
            Require(places.TryAdd(entry.Proposal, entry.Index) || places[entry.Proposal] == entry.Index, $"{member} applies {entry.Proposal} at {places[entry.Proposal]} and {entry.Index}");
        }
    }

    private static void Require(bool condition, string because)
    {
        if (!condition)
        {
            throw new ViolationException(because);
        }
    }

    /// <summary>Log matching: entries of one index and term are the same, and so are the ones before them. A leader only appends.</summary>
    private void LookAtLog(RaftNode node, Seen seen, bool stayedLeader)
    {
        var log = node.Log;
        if (seen.Base > log.LastIndex || log.BaseIndex > seen.Last)
        {
            seen.Reset(log.BaseIndex);
        }

        while (seen.Last > log.BaseIndex && (seen.Last > log.LastIndex || !ReferenceEquals(seen.At(seen.Last), log[seen.Last])))
        {
            Require(!stayedLeader, $"{node.Id} leads and takes back {seen.At(seen.Last)}: a leader only appends");
            Require(!committed.TryGetValue(seen.Last, out var safe) || safe.Term > node.Term || !ReferenceEquals(safe.Entry, seen.At(seen.Last)) || log.BaseIndex >= seen.Last,
                $"{node.Id} takes back {seen.At(seen.Last)}, which is committed");
            seen.Drop();
        }

        for (var index = seen.Last + 1; index <= log.LastIndex; index++)
        {
            var entry = log[index];
            var before = log.TermAt(index - 1)!.Value;
            if (!entries.TryAdd((index, entry.Term), (entry, before)))
            {
                var known = entries[(index, entry.Term)];
                Require(ReferenceEquals(known.Entry, entry) && known.TermBefore == before, $"{node.Id}: {entry} is not the {known.Entry} that another has at that place and term: logs match");
            }

            seen.Add(entry);
        }
    }

    /// <summary>Election safety and leader completeness.</summary>
    private void LookAtNewLeader(RaftNode node)
    {
        Require(leaders.TryAdd(node.Term, node.Id) || leaders[node.Term] == node.Id, $"term {node.Term} has two leaders, {leaders[node.Term]} and {node.Id}");
        foreach (var (index, (entry, term)) in committed)
        {
            if (term < node.Term)
            {
                RequireHas(node, entry);
            }
        }
    }

    private void LookAtCommitment(RaftNode node, Seen seen)
    {
        for (var index = Math.Max(seen.Commit, node.Log.BaseIndex) + 1; index <= node.Commit; index++)
        {
            var entry = node.Log[index];
            if (committed.TryGetValue(index, out var known))
            {
                Require(ReferenceEquals(known.Entry, entry), $"{node.Id} holds {entry} for committed, another {known.Entry}");
                continue;
            }

            committed.Add(index, (entry, node.Term));
            if (node.Role == RaftRole.Leader)
            {
                var safe = node.Membership.Voters.Count(v => group[v].DurableLog.TermAt(index) == entry.Term || group[v].DurableLog.BaseIndex >= index);
                Require(safe >= node.Membership.Quorum, $"{node.Id} commits {entry}, which is on {safe} disks of {node.Membership}");
            }

            foreach (var other in group.Members)
            {
                if (other.Node is { Role: RaftRole.Leader } leader && leader.Term > node.Term)
                {
                    RequireHas(leader, entry);
                }
            }
        }
    }

    private static void RequireHas(RaftNode leader, RaftEntry entry) =>
        Require(
            leader.Log.BaseIndex >= entry.Index || (leader.LastIndex >= entry.Index && ReferenceEquals(leader.Log[entry.Index], entry)),
            $"{leader.Id} leads in term {leader.Term} without {entry}, which was committed before: leaders are complete");

    /// <summary>What a member looked like at the last look.</summary>
    private sealed class Seen(RaftNode node)
    {
        private readonly List<RaftEntry> log = [];

        public RaftNode Node { get; } = node;

        public long Term { get; set; }

        public RaftRole Role { get; set; }

        public long Commit { get; set; }

        public long Base { get; private set; } = node.Log.BaseIndex;

        public long Last => Base + log.Count;

        public RaftEntry At(long index) => log[(int)(index - Base - 1)];

        public void Add(RaftEntry entry) => log.Add(entry);

        public void Drop() => log.RemoveAt(log.Count - 1);

        public void Reset(long newBase)
        {
            log.Clear();
            Base = newBase;
        }
    }
}

/// <summary>A property of the paper was broken.</summary>
internal sealed class ViolationException(string because) : Exception(because);
