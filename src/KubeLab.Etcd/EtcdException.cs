namespace KubeLab.Etcd;

/// <summary>Why the store did not do what it was asked.</summary>
public enum EtcdError
{
    /// <summary>The members did not agree in time.</summary>
    RequestTimedOut,

    /// <summary>The leader went and another came while the members were to agree; what was asked for got lost on the way.</summary>
    LeaderFailed,

    /// <summary>The leader changed while the request was under way; whether it was done is unknown.</summary>
    LeaderChanged,

    /// <summary>The members have no leader.</summary>
    NoLeader,

    /// <summary>The revision has been compacted away.</summary>
    Compacted,

    /// <summary>The revision has not happened yet.</summary>
    FutureRevision,

    /// <summary>There is no such lease.</summary>
    LeaseNotFound,

    /// <summary>The member's file has reached its quota: nothing is written until there is room and the alarm is disarmed.</summary>
    NoSpace,
}

/// <summary>The store refused; the message is upstream's.</summary>
/// <seealso href="https://pkg.go.dev/go.etcd.io/etcd/api/v3/v3rpc/rpctypes">rpctypes</seealso>
public sealed class EtcdException(EtcdError error) : Exception(TextOf(error))
{
    /// <summary>Why.</summary>
    public EtcdError Error { get; } = error;

    private static string TextOf(EtcdError error) => error switch
    {
        EtcdError.RequestTimedOut => "etcdserver: request timed out",
        EtcdError.LeaderFailed => "etcdserver: request timed out, possibly due to previous leader failure",
        EtcdError.LeaderChanged => "etcdserver: leader changed",
        EtcdError.NoLeader => "etcdserver: no leader",
        EtcdError.Compacted => "etcdserver: mvcc: required revision has been compacted",
        EtcdError.FutureRevision => "etcdserver: mvcc: required revision is a future revision",
        EtcdError.NoSpace => "etcdserver: mvcc: database space exceeded",
        _ => "etcdserver: requested lease not found",
    };
}
