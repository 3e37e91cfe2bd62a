using KubeLab.Etcd.Mvcc;
using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Replicated.Commands;
using KubeLab.Simulation;

namespace KubeLab.Etcd.Replicated;

/// <summary>A member of an <see cref="EtcdCluster"/>, as the API server beside it uses it.</summary>
public sealed partial class RaftEtcd : IEtcd
{
    private static readonly TimeSpan RevokeAgainAfter = TimeSpan.FromSeconds(3);

    private readonly EtcdCluster cluster;
    private readonly MemberStore store;
    private readonly VirtualClock clock;
    private DateTimeOffset defragmentedAt;
    private long leasesGranted;
    private bool wasLeader;

    internal RaftEtcd(EtcdCluster cluster, RaftMember raft, MemberStore store, VirtualClock clock)
    {
        this.cluster = cluster;
        this.store = store;
        this.clock = clock;
        Raft = raft;
        store.Mvcc.WatchesLost += () => WatchesLost?.Invoke();
        FollowRole();
    }

    /// <summary>Called when all watches here are over: the member was apart for so long that it got a snapshot, and what they are to be told is compacted. Whoever wants to know reads everything, in an event of its own, and watches again.</summary>
    public event Action? WatchesLost;

    /// <summary>Its machine.</summary>
    public string Name => Raft.Name;

    /// <summary>The store it belongs to.</summary>
    public EtcdCluster Cluster => cluster;

    /// <summary>Whether it runs; while it does not, every call fails with "etcdserver: request timed out".</summary>
    public bool IsUp => Raft.IsUp;

    /// <inheritdoc/>
    public long Revision => store.Mvcc.Revision;

    /// <inheritdoc/>
    public long CompactedRevision => store.Mvcc.CompactedRevision;

    /// <summary>How many changes its history holds.</summary>
    public int HistoryLength => store.Mvcc.HistoryLength;

    /// <summary>How long the last request made here took.</summary>
    /// <remarks>The cluster's clock has not moved meanwhile; whoever owns the call may let that time pass.</remarks>
    public TimeSpan LastLatency { get; private set; }

    /// <summary>Whether it runs and belongs to a majority, without which it answers nothing.</summary>
    public bool HasQuorum => IsUp && cluster.CanServe(this);

    /// <summary>Whether it leads, by the newest term.</summary>
    public bool IsLeader => cluster.Leader == this;

    /// <summary>Whether a request made now is served at once. It is not during an election, without a majority, and while the member is defragmented.</summary>
    public bool IsReady => IsUp && cluster.Time.Ahead < Unnoticed && defragmentedAt <= clock.Now && cluster.IsServing(this);

    internal RaftMember Raft { get; }

    /// <inheritdoc/>
    public KeyValue? Get(string key)
    {
        RequireRead();
        return store.Mvcc.Get(key);
    }

    /// <inheritdoc/>
    public RangeResult Range(string start, string end, int limit = 0, long atRevision = 0, bool countAll = false, bool serializable = false)
    {
        if (serializable)
        {
            RequireUp();
        }
        else
        {
            RequireRead();
        }

        return store.Mvcc.Range(start, end, limit, atRevision, countAll);
    }

    /// <inheritdoc/>
    public void CatchUp() => RequireRead();

    /// <inheritdoc/>
    public TxnResult Commit(in Txn txn)
    {
        var bytes = 0;
        if (txn.Value is { } value)
        {
            bytes = cluster.Sizes.Of(value, exact: store.FileBytes > cluster.Options.QuotaBackendBytes - QuotaIsNear);
            RequireSpace(txn.Key.Length + bytes);
        }

        return (TxnResult)Run(new WriteCommand(txn, bytes))!;
    }

    /// <inheritdoc/>
    public IDisposable Watch(string prefix, long afterRevision, IEtcdWatcher watcher)
    {
        RequireUp();
        return store.Mvcc.Watch(prefix, afterRevision, watcher);
    }

    /// <inheritdoc/>
    public void Compact(long revision) => Run(new CompactCommand(revision));

    /// <inheritdoc/>
    public long GrantLease(TimeSpan timeToLive)
    {
        // Unique among the members, also when two grant at once.
        var id = (++leasesGranted << 8) | Raft.Id;
        Run(new GrantLeaseCommand(id, timeToLive));
        return id;
    }

    /// <inheritdoc/>
    public void KeepAlive(long lease)
    {
        RequireRead();
        if (cluster.Leader is not { } leader)
        {
            throw new EtcdException(EtcdError.RequestTimedOut);
        }

        leader.store.Lessor.Renew(lease);
    }

    /// <inheritdoc/>
    public void RevokeLease(long lease) => Run(new RevokeLeaseCommand(lease));

    /// <summary>Starts the member's process again.</summary>
    public void Start() => cluster.Start(Name);

    /// <summary>Ends the member's process; what it holds is on its disk.</summary>
    public void Stop() => cluster.Stop(Name);

    /// <summary>Everything it holds now, without copying any object.</summary>
    public EtcdSnapshot Snapshot() => store.Mvcc.Snapshot();

    /// <summary>How it stands.</summary>
    public EtcdMemberStatus Status()
    {
        var node = Raft.Node;
        return new EtcdMemberStatus(
            Name,
            Raft.Id,
            IsUp,
            node?.Membership.IsLearner(Raft.Id) ?? false,
            node?.Role ?? RaftRole.Follower,
            node?.Term ?? Raft.DurableLog.HardState.Term,
            node is { Leader: > 0 } ? cluster.Of(node.Leader)?.Name : null,
            node?.LastIndex ?? Raft.DurableLog.LastIndex,
            node?.Commit ?? Raft.DurableLog.HardState.Commit,
            store.AppliedIndex,
            store.FileBytes,
            store.Mvcc.SizeBytes,
            [.. store.Alarms]);
    }

    /// <summary>Leases are timed by the leader alone.</summary>
    internal void FollowRole()
    {
        var isLeader = Raft.Node?.Role == RaftRole.Leader;
        if (isLeader == wasLeader)
        {
            return;
        }

        wasLeader = isLeader;
        if (isLeader)
        {
            store.Lessor.Promote(clock, cluster.Options.Raft.ElectionTicks * cluster.Options.Raft.Tick, RevokeExpired);
        }
        else
        {
            store.Lessor.Demote();
        }
    }

    private void RevokeExpired(long lease)
    {
        try
        {
            Run(new RevokeLeaseCommand(lease));
        }
        catch (EtcdException)
        {
            // No majority now: the lease goes on until there is one.
            store.Lessor.Retry(lease, RevokeAgainAfter);
        }
    }
}
