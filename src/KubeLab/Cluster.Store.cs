using KubeLab.Etcd.Raft.Observing;

namespace KubeLab;

/// <content>Looking into the store behind the API servers.</content>
public abstract partial class Cluster
{
    /// <summary>Follows the next write to the store, message by message; <see cref="Quorums.GroupPictures.Write"/> draws it.</summary>
    /// <exception cref="InvalidOperationException">There is no master yet.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual WriteTrace TraceNextWrite() => throw OnlySimulated("following a write", "etcd does not tell what its members say to each other; its metrics (etcd_disk_wal_fsync_duration_seconds, etcd_network_peer_round_trip_time_seconds) tell how long it took");
}
