using KubeLab.Etcd.Mvcc;
using KubeLab.Simulation;

namespace KubeLab.Etcd;

/// <summary>A store of one member: it is its own majority, so what is proposed is committed at once.</summary>
public sealed class SingleMemberEtcd : IEtcd
{
    private readonly MvccStore store = new();
    private readonly Lessor lessor;

    /// <summary>Makes an empty one whose leases run on <paramref name="clock"/>.</summary>
    public SingleMemberEtcd(VirtualClock clock) => lessor = new Lessor(clock, store);

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
            return new TxnResult(true, store.Revision, written);
        }

        if (current is null)
        {
            return new TxnResult(true, store.Revision, null);
        }

        lessor.Attach(entry!, 0);
        var deleted = store.Delete(entry!);
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

    private void RequireUp()
    {
        if (!IsUp)
        {
            throw new EtcdException(EtcdError.RequestTimedOut);
        }
    }
}
