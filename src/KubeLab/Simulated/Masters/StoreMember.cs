using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;
using KubeLab.Etcd.Replicated;

namespace KubeLab.Simulated.Masters;

/// <summary>The store as the API server of one master finds it at 127.0.0.1:2379: its own member, once that has joined the others; before, nobody answers.</summary>
internal sealed class StoreMember : IEtcd
{
    private RaftEtcd? joined;

    /// <summary>Whether its process runs.</summary>
    public bool IsUp { get; set; }

    /// <summary>The member, once it has joined.</summary>
    public RaftEtcd? Joined => joined;

    /// <summary>Whether it runs and belongs to a majority.</summary>
    public bool IsAvailable => joined?.HasQuorum == true;

    /// <summary>Whether it leads.</summary>
    public bool IsLeader => joined?.IsLeader == true;

    /// <summary>Called when it has been away for so long that those who follow it must begin anew.</summary>
    public Action? FellBehind { get; set; }

    public long Revision => joined?.Revision ?? 1;

    public long CompactedRevision => joined?.CompactedRevision ?? 0;

    public KeyValue? Get(string key) => Store.Get(key);

    public RangeResult Range(string start, string end, int limit = 0, long atRevision = 0, bool countAll = false, bool serializable = false) =>
        Store.Range(start, end, limit, atRevision, countAll, serializable);

    public void CatchUp() => Store.CatchUp();

    public TxnResult Commit(in Txn txn) => Store.Commit(txn);

    public IDisposable Watch(string prefix, long afterRevision, IEtcdWatcher watcher) => Store.Watch(prefix, afterRevision, watcher);

    public void Compact(long revision) => Store.Compact(revision);

    public long GrantLease(TimeSpan timeToLive) => Store.GrantLease(timeToLive);

    public void KeepAlive(long lease) => Store.KeepAlive(lease);

    public void RevokeLease(long lease) => Store.RevokeLease(lease);

    /// <summary>It belongs to the store from now on.</summary>
    public void Join(RaftEtcd member)
    {
        if (joined != member)
        {
            joined = member;
            member.WatchesLost += () => FellBehind?.Invoke();
        }
    }

    private RaftEtcd Store => joined ?? throw new EtcdException(EtcdError.RequestTimedOut);
}
