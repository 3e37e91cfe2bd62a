using KubeLab.Simulation;

namespace KubeLab.Etcd.Raft;

/// <summary>A member's log as it knows it: snapshot, entries, and how far it is written, committed and applied.</summary>
internal sealed class RaftLog
{
    private readonly EntryList entries;

    public RaftLog(IRaftStorage storage)
    {
        Snapshot = storage.Snapshot;
        entries = new EntryList(storage.BaseIndex, storage.BaseTerm);
        entries.Write(storage.Entries);
        Written = entries.LastIndex;
        Commit = Math.Max(storage.HardState.Commit, Snapshot.Index);
        Applied = Snapshot.Index;
        Invariant.Holds(Commit <= LastIndex, "what is known as committed was written before");
    }

    /// <summary>The newest snapshot; entries before it may still be there.</summary>
    public RaftSnapshot Snapshot { get; private set; }

    /// <summary>Whether <see cref="Snapshot"/> came from the leader and is not on disk yet.</summary>
    public bool IsSnapshotUnwritten { get; private set; }

    /// <summary>Up to where the entries are on disk.</summary>
    public long Written { get; private set; }

    public long Commit { get; private set; }

    public long Applied { get; private set; }

    public long BaseIndex => entries.BaseIndex;

    public long LastIndex => entries.LastIndex;

    public long LastTerm => entries.LastTerm;

    public RaftEntry this[long index] => entries[index];

    public long? TermAt(long index) => entries.TermAt(index);

    public bool Matches(long index, long term) => entries.TermAt(index) == term;

    /// <summary>Whether a log that ends like this is at least as complete as this one (section 5.4.1 of the paper).</summary>
    public bool IsUpToDate(long lastIndex, long lastTerm) =>
        lastTerm > LastTerm || (lastTerm == LastTerm && lastIndex >= LastIndex);

    public void Append(RaftEntry entry) => entries.Add(entry);

    /// <summary>Takes a leader's entries behind (<paramref name="index"/>, <paramref name="term"/>), if the logs agree there; the last place that now agrees, else null.</summary>
    public long? TryAppend(long index, long term, long commit, IReadOnlyList<RaftEntry> more)
    {
        if (!Matches(index, term))
        {
            return null;
        }

        var known = 0;
        while (known < more.Count && Matches(more[known].Index, more[known].Term))
        {
            known++;
        }

        if (known < more.Count)
        {
            Invariant.Holds(more[known].Index > Commit, "a committed entry is never replaced");
            Written = Math.Min(Written, more[known].Index - 1);
            entries.Write(known == 0 ? more : [.. more.Skip(known)]);
        }

        var last = index + more.Count;
        CommitTo(Math.Min(commit, last));
        return last;
    }

    public void CommitTo(long index)
    {
        if (index > Commit)
        {
            Invariant.Holds(index <= LastIndex, "only what is in the log can be committed");
            Commit = index;
        }
    }

    /// <summary>The last place at or before <paramref name="index"/> whose term is not above <paramref name="term"/>: where two logs may agree. Term 0 where it is unknown.</summary>
    public (long Index, long Term) LastNotAbove(long index, long term)
    {
        for (; index > 0; index--)
        {
            if (TermAt(index) is not { } here)
            {
                return (index, 0);
            }

            if (here <= term)
            {
                return (index, here);
            }
        }

        return (0, 0);
    }

    public IReadOnlyList<RaftEntry> Unwritten() => entries.Slice(Written + 1, LastIndex);

    public IReadOnlyList<RaftEntry> From(long index, long bytesMax) => entries.Slice(index, LastIndex, bytesMax);

    public IReadOnlyList<RaftEntry> ToApply() => entries.Slice(Applied + 1, Commit);

    /// <summary>The entries up to here are on disk, unless others have taken their places meanwhile.</summary>
    public void WrittenTo(long index, long term)
    {
        if (index > Written && Matches(index, term))
        {
            Written = index;
        }
    }

    public void SnapshotWritten(RaftSnapshot snapshot)
    {
        if (ReferenceEquals(snapshot, Snapshot))
        {
            IsSnapshotUnwritten = false;
        }
    }

    public void AppliedTo(long index) => Applied = Math.Max(Applied, index);

    /// <summary>A leader's snapshot takes the place of everything.</summary>
    public void Restore(RaftSnapshot snapshot)
    {
        entries.Reset(snapshot.Index, snapshot.Term);
        (Snapshot, IsSnapshotUnwritten) = (snapshot, true);
        Written = Commit = Applied = snapshot.Index;
    }

    /// <summary>This member's own snapshot; entries up to <paramref name="compactTo"/> go.</summary>
    public void Compact(RaftSnapshot snapshot, long compactTo)
    {
        Invariant.Holds(snapshot.Index <= Applied && compactTo <= snapshot.Index, "a snapshot holds what is applied");
        Snapshot = snapshot;
        entries.CompactTo(Math.Min(compactTo, Written));
    }
}
