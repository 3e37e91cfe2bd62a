using KubeLab.Etcd.Mvcc;
using KubeLab.Simulation;

namespace KubeLab.Etcd;

/// <summary>A store of one member: it is its own majority, so what is proposed is committed at once.</summary>
public sealed class SingleMemberEtcd : IEtcd
{
    /// <summary>How many changes the history holds at the most, unless told otherwise.</summary>
    /// <remarks>A real server's watch cache is bounded by a number too (102,400 per resource), besides the compaction by time.</remarks>
    public const int HistoryMaxDefault = 20_000;

    private readonly MvccStore store = new();
    private readonly Lessor lessor;
    private readonly int historyMax;

    /// <summary>Makes an empty one whose leases run on <paramref name="clock"/>.</summary>
    /// <param name="clock">The clock of its leases.</param>
    /// <param name="historyMax">When the history holds more changes than this, its older half is compacted; who asks for older ones is told so.</param>
    public SingleMemberEtcd(VirtualClock clock, int historyMax = HistoryMaxDefault)
    {
        lessor = new Lessor(clock, store);
        this.historyMax = historyMax;
    }

    /// <summary>Whether the member runs; while it does not, every call fails with "etcdserver: request timed out".</summary>
    public bool IsUp { get; private set; } = true;

    /// <inheritdoc/>
    public long Revision => store.Revision;

    /// <inheritdoc/>
    public long CompactedRevision => store.CompactedRevision;

    /// <summary>How many changes its history holds.</summary>
    public int HistoryLength => store.HistoryLength;

    /// <summary>Stops the member; what it holds is on its disk.</summary>
    public void Stop()
    {
        IsUp = false;
        lessor.Stop();
    }

    /// <summary>Starts the member again; its leases begin anew.</summary>
    public void Start()
    {
        if (!IsUp)
        {
            IsUp = true;
            lessor.Start();
        }
    }

    /// <inheritdoc/>
    public KeyValue? Get(string key)
    {
        RequireUp();
        return store.Get(key);
    }

    /// <inheritdoc/>
    public RangeResult Range(string start, string end, int limit = 0, long atRevision = 0, bool countAll = false)
    {
        RequireUp();
        return store.Range(start, end, limit, atRevision, countAll);
    }

    /// <inheritdoc/>
    public TxnResult Commit(in Txn txn)
    {
        RequireUp();
        lessor.RequireExists(txn.Lease);
        var entry = store.Entry(txn.Key);
        var current = entry?.Latest is { IsDeleted: false } latest ? latest : null;
        if ((current?.ModRevision ?? 0) != txn.ExpectedModRevision)
        {
            return new TxnResult(false, store.Revision, current);
        }

        if (txn.Value is not null)
        {
            var written = store.Put(txn.Key, txn.Value);
            lessor.Attach(written.Entry, txn.Lease);
            BoundHistory();
            return new TxnResult(true, store.Revision, written);
        }

        if (current is null)
        {
            return new TxnResult(true, store.Revision, null);
        }

        lessor.Attach(entry!, 0);
        var deleted = store.Delete(entry!);
        BoundHistory();
        return new TxnResult(true, deleted.ModRevision, deleted);
    }

    /// <inheritdoc/>
    public IDisposable Watch(string prefix, long afterRevision, IEtcdWatcher watcher)
    {
        RequireUp();
        return store.Watch(prefix, afterRevision, watcher);
    }

    /// <inheritdoc/>
    public void Compact(long revision)
    {
        RequireUp();
        store.Compact(revision);
    }

    /// <inheritdoc/>
    public long GrantLease(TimeSpan timeToLive)
    {
        RequireUp();
        return lessor.Grant(timeToLive);
    }

    /// <inheritdoc/>
    public void KeepAlive(long lease)
    {
        RequireUp();
        lessor.KeepAlive(lease);
    }

    /// <inheritdoc/>
    public void RevokeLease(long lease)
    {
        RequireUp();
        lessor.Revoke(lease);
    }

    /// <summary>Everything it holds now, without copying any object.</summary>
    public EtcdSnapshot Snapshot() => store.Snapshot();

    /// <summary>Replaces everything by what <paramref name="snapshot"/> holds. History before it is gone, watches end, leases are not part of it.</summary>
    public void Restore(EtcdSnapshot snapshot) => store.Restore(snapshot);

    private void BoundHistory()
    {
        if (store.HistoryLength > historyMax)
        {
            store.Compact(store.Revision - (historyMax / 2));
        }
    }

    private void RequireUp()
    {
        if (!IsUp)
        {
            throw new EtcdException(EtcdError.RequestTimedOut);
        }
    }
}
