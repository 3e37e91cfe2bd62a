using KubeLab.Simulation;

namespace KubeLab.Etcd.Raft;

/// <summary>Consecutive entries behind a place whose term is known.</summary>
internal sealed class EntryList
{
    private readonly List<RaftEntry> entries = [];

    public EntryList(long baseIndex, long baseTerm) => (BaseIndex, BaseTerm) = (baseIndex, baseTerm);

    /// <summary>The place before the first entry.</summary>
    public long BaseIndex { get; private set; }

    public long BaseTerm { get; private set; }

    public long LastIndex => BaseIndex + entries.Count;

    public long LastTerm => entries.Count == 0 ? BaseTerm : entries[^1].Term;

    public RaftEntry this[long index] => entries[(int)(index - BaseIndex - 1)];

    /// <summary>The term at <paramref name="index"/>, or null where nothing is known of it (compacted, or not there yet).</summary>
    public long? TermAt(long index) =>
        index == BaseIndex ? BaseTerm
        : index > BaseIndex && index <= LastIndex ? this[index].Term
        : null;

    public void Add(RaftEntry entry)
    {
        Invariant.Holds(entry.Index == LastIndex + 1, "the log has no gaps");
        entries.Add(entry);
    }

    /// <summary>Puts <paramref name="more"/> at their places; what was at and behind the first of them is gone.</summary>
    public void Write(IReadOnlyList<RaftEntry> more)
    {
        if (more.Count > 0)
        {
            TruncateFrom(more[0].Index);
        }

        foreach (var entry in more)
        {
            Add(entry);
        }
    }

    public void TruncateFrom(long index)
    {
        Invariant.Holds(index > BaseIndex, "what a snapshot contains is never taken back");
        if (index <= LastIndex)
        {
            entries.RemoveRange((int)(index - BaseIndex - 1), (int)(LastIndex - index + 1));
        }
    }

    /// <summary>Forgets everything up to <paramref name="index"/>.</summary>
    public void CompactTo(long index)
    {
        if (index <= BaseIndex)
        {
            return;
        }

        var term = TermAt(index);
        Invariant.Holds(term is not null, "only what is in the log can be compacted");
        entries.RemoveRange(0, (int)(index - BaseIndex));
        (BaseIndex, BaseTerm) = (index, term.Value);
    }

    public void Reset(long baseIndex, long baseTerm)
    {
        entries.Clear();
        (BaseIndex, BaseTerm) = (baseIndex, baseTerm);
    }

    /// <summary>The entries in [<paramref name="from"/>, <paramref name="to"/>], cut off before <paramref name="bytesMax"/> is exceeded, but at least one.</summary>
    public IReadOnlyList<RaftEntry> Slice(long from, long to, long bytesMax = long.MaxValue)
    {
        if (from > to)
        {
            return [];
        }

        var start = (int)(from - BaseIndex - 1);
        var count = 1;
        long bytes = entries[start].SizeBytes;
        while (from + count <= to && (bytes += entries[start + count].SizeBytes) <= bytesMax)
        {
            count++;
        }

        return entries.GetRange(start, count);
    }
}
