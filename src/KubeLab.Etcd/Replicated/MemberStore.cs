using KubeLab.Etcd.Mvcc;
using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Replicated.Commands;

namespace KubeLab.Etcd.Replicated;

/// <summary>What one member has applied. It is on the member's disk, so it outlives a crash; what is applied a second time after one is passed over, as etcd does by its consistent index.</summary>
internal sealed class MemberStore(EtcdOptions options) : IRaftStateMachine
{
    public MvccStore Mvcc { get; } = new();

    public Lessor Lessor { get; } = new();

    public SortedSet<EtcdAlarm> Alarms { get; } = [];

    /// <summary>Whether an alarm says that no member may take more.</summary>
    public bool IsFull => Alarms.Count > 0;

    /// <summary>How large the member's file is, in bytes: it grows with what is in it and shrinks only by defragmentation.</summary>
    public long FileBytes { get; private set; }

    /// <summary>Up to where in the log it holds everything.</summary>
    public long AppliedIndex { get; private set; }

    /// <summary>The term of the last entry it has applied.</summary>
    public long AppliedTerm { get; private set; }

    /// <inheritdoc/>
    public bool IsDurable => true;

    /// <inheritdoc/>
    public object? Apply(RaftEntry entry)
    {
        if (entry.Index <= AppliedIndex)
        {
            return null;
        }

        (AppliedIndex, AppliedTerm) = (entry.Index, entry.Term);
        return ((EtcdCommand?)entry.Command)?.ApplyTo(this);
    }

    /// <summary>Called after each change of a key.</summary>
    public void AfterWrite()
    {
        FileBytes = Math.Max(FileBytes, Mvcc.SizeBytes);
        if (Mvcc.HistoryLength > options.HistoryMax)
        {
            Mvcc.Compact(Mvcc.Revision - (options.HistoryMax / 2));
        }
    }

    /// <summary>Gives back what compaction left unused in the file.</summary>
    public void Defragment() => FileBytes = Mvcc.SizeBytes;

    /// <inheritdoc/>
    public object? TakeSnapshot() => new StoreState(
        AppliedIndex,
        AppliedTerm,
        Mvcc.State(),
        [.. Lessor.All.Select(l => new LeaseState(l.Id, l.TimeToLive, [.. l.Keys.Select(e => e.Key)]))],
        [.. Alarms]);

    /// <inheritdoc/>
    public void Restore(object? state)
    {
        if (state is not StoreState saved || saved.AppliedIndex <= AppliedIndex)
        {
            return;
        }

        (AppliedIndex, AppliedTerm) = (saved.AppliedIndex, saved.AppliedTerm);
        Lessor.Clear();
        Alarms.Clear();
        Alarms.UnionWith(saved.Alarms);
        Mvcc.Restore(saved.Mvcc);
        foreach (var lease in saved.Leases)
        {
            Lessor.Grant(lease.Id, lease.TimeToLive);
            foreach (var key in lease.Keys)
            {
                Lessor.Attach(Mvcc.Entry(key)!, lease.Id);
            }
        }

        // The file came over the network without its holes.
        FileBytes = Mvcc.SizeBytes;
    }

    private sealed record StoreState(long AppliedIndex, long AppliedTerm, MvccState Mvcc, IReadOnlyList<LeaseState> Leases, IReadOnlyList<EtcdAlarm> Alarms);

    private sealed record LeaseState(long Id, TimeSpan TimeToLive, IReadOnlyList<string> Keys);
}
