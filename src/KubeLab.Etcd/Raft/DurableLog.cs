using KubeLab.Simulation;

namespace KubeLab.Etcd.Raft;

/// <summary>A member's write-ahead log: what is synced survives a crash, what was only written does not.</summary>
public sealed class DurableLog : IRaftStorage
{
    private readonly EntryList entries;
    private RaftOutput? underWay;
    private HardState? unsynced;

    /// <summary>A disk that holds nothing but a snapshot: <see cref="RaftSnapshot.Genesis"/> for first members, <see cref="RaftSnapshot.Nothing"/> for those who join.</summary>
    public DurableLog(RaftSnapshot snapshot)
    {
        Snapshot = snapshot;
        entries = new EntryList(snapshot.Index, snapshot.Term);
        HardState = new HardState(snapshot.Term, 0, snapshot.Index);
    }

    /// <inheritdoc/>
    public HardState HardState { get; private set; }

    /// <inheritdoc/>
    public RaftSnapshot Snapshot { get; private set; }

    /// <inheritdoc/>
    public long BaseIndex => entries.BaseIndex;

    /// <inheritdoc/>
    public long BaseTerm => entries.BaseTerm;

    /// <inheritdoc/>
    public IReadOnlyList<RaftEntry> Entries => entries.Slice(BaseIndex + 1, entries.LastIndex);

    /// <summary>The last place that is safe.</summary>
    public long LastIndex => entries.LastIndex;

    /// <summary>The term at <paramref name="index"/>, or null where it is not on this disk.</summary>
    public long? TermAt(long index) => entries.TermAt(index);

    /// <summary>Writes; a crash before <see cref="Sync"/> may lose it, or the latter part of it.</summary>
    public void Write(RaftOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        unsynced = output.HardState ?? unsynced;
        underWay = output;
    }

    /// <summary>Writes an entry that is committed by being safe here.</summary>
    internal void WriteSafely(RaftEntry entry)
    {
        entries.Add(entry);
        HardState = HardState with { Commit = entry.Index };
    }

    /// <summary>What was written is safe now.</summary>
    public void Sync()
    {
        if (underWay?.Snapshot is { } snapshot)
        {
            Snapshot = snapshot;
            entries.Reset(snapshot.Index, snapshot.Term);
        }

        entries.Write(underWay?.Entries ?? []);
        HardState = unsynced ?? HardState;
        (underWay, unsynced) = (null, null);
    }

    /// <summary>The power fails: of the entries that were being written, chance decides how many are on the disk; the hard state comes last and is not.</summary>
    public void Crash(Randomness chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        if (underWay is { Snapshot: null, Entries.Count: > 0 } output)
        {
            entries.Write([.. output.Entries.Take(chance.NextInt(output.Entries.Count + 1))]);
        }

        (underWay, unsynced) = (null, null);
    }

    /// <summary>Keeps this member's own snapshot and forgets entries up to <paramref name="compactTo"/>.</summary>
    public void Compact(RaftSnapshot snapshot, long compactTo)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Snapshot = snapshot;
        entries.CompactTo(Math.Min(compactTo, entries.LastIndex));

        // What the snapshot contains is committed.
        HardState = HardState with { Commit = Math.Max(HardState.Commit, snapshot.Index) };
    }
}
