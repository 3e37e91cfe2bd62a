using KubeLab.Etcd.Raft;

namespace KubeLab.Etcd.Replicated;

/// <summary>How the members of a store behave. The defaults are etcd's, but for the history.</summary>
/// <seealso href="https://etcd.io/docs/v3.5/op-guide/configuration/">Configuration options</seealso>
public sealed record EtcdOptions
{
    /// <summary>Heartbeats, election time-outs, batches, snapshots.</summary>
    public RaftOptions Raft { get; init; } = new();

    /// <summary>How large a member's file may get, in bytes, before it takes no more writes: <c>--quota-backend-bytes</c>.</summary>
    public long QuotaBackendBytes { get; init; } = 2L << 30;

    /// <summary>When the history holds more changes than this, its older half is compacted; who asks for older ones is told so.</summary>
    /// <remarks>A real server's watch cache is bounded by a number too (102,400 per resource), besides the compaction by time.</remarks>
    public int HistoryMax { get; init; } = 20_000;

    /// <summary>How fast a member copies its file when it is defragmented, in bytes per second.</summary>
    public long DefragmentBytesPerSecond { get; init; } = 100L << 20;
}
