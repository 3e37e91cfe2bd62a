using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;
using KubeLab.Etcd.Replicated;

namespace KubeLab.Simulated.Masters;

/// <summary>The store as one member shows it: while the member is down or on the smaller side of a cut, nothing is answered and nothing new is told.</summary>
internal sealed class StoreMember(RaftEtcd store) : IEtcd
{
    private readonly List<MemberWatch> watches = [];
    private long revisionBefore;
    private long compactedBefore;

    /// <summary>Whether its process runs.</summary>
    public bool IsUp { get; set; }

    /// <summary>Whether it has ever run, and so is one of those of whom a majority is needed.</summary>
    public bool IsVoter { get; set; }

    /// <summary>Whether it runs and reaches a majority.</summary>
    public bool IsAvailable { get; private set; }

    /// <summary>Called when it has been away for so long that those who follow it must begin anew.</summary>
    public Action? FellBehind { get; set; }

    public long Revision => IsAvailable ? store.Revision : revisionBefore;

    public long CompactedRevision => IsAvailable ? store.CompactedRevision : compactedBefore;

    public KeyValue? Get(string key) => Store.Get(key);

    public RangeResult Range(string start, string end, int limit = 0, long atRevision = 0, bool countAll = false) => Store.Range(start, end, limit, atRevision, countAll);

    public TxnResult Commit(in Txn txn) => Store.Commit(txn);

    public IDisposable Watch(string prefix, long afterRevision, IEtcdWatcher watcher)
    {
        var watch = new MemberWatch(this, prefix, watcher, Store.Watch(prefix, afterRevision, watcher));
        watches.Add(watch);
        return watch;
    }

    public void Compact(long revision) => Store.Compact(revision);

    public long GrantLease(TimeSpan timeToLive) => Store.GrantLease(timeToLive);

    public void KeepAlive(long lease) => Store.KeepAlive(lease);

    public void RevokeLease(long lease) => Store.RevokeLease(lease);

    /// <summary>It has lost the majority: what it knows stands still.</summary>
    public void Lose()
    {
        if (IsAvailable)
        {
            (revisionBefore, compactedBefore) = (store.Revision, store.CompactedRevision);
            IsAvailable = false;
            watches.ForEach(w => w.Pause());
        }
    }

    /// <summary>It has a majority again: what happened meanwhile is told now.</summary>
    public void Gain()
    {
        if (IsAvailable)
        {
            return;
        }

        IsAvailable = true;
        try
        {
            foreach (var watch in watches.ToList())
            {
                watch.GoOn(store, revisionBefore);
            }
        }
        catch (EtcdException)
        {
            FellBehind?.Invoke();
        }
    }

    private RaftEtcd Store => IsAvailable ? store : throw new EtcdException(EtcdError.RequestTimedOut);

    private sealed class MemberWatch(StoreMember member, string prefix, IEtcdWatcher watcher, IDisposable first) : IDisposable
    {
        private IDisposable? inner = first;

        public void Pause()
        {
            inner?.Dispose();
            inner = null;
        }

        public void GoOn(RaftEtcd store, long after) => inner = store.Watch(prefix, after, watcher);

        public void Dispose()
        {
            Pause();
            member.watches.Remove(this);
        }
    }
}
