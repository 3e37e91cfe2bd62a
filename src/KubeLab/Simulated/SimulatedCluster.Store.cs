using KubeLab.Etcd.Raft.Observing;

namespace KubeLab.Simulated;

/// <content>Looking into the store.</content>
public sealed partial class SimulatedCluster
{
    /// <inheritdoc/>
    public override WriteTrace TraceNextWrite() => Act(Trace, c => Trace(c));

    // Whoever follows a write wants every message of it sent, so it is repeated in branches too.
    private static WriteTrace Trace(SimulatedCluster cluster) => cluster.Store.Group.Journal?.TraceNextWrite()
        ?? throw new InvalidOperationException("there is no store yet: call AddMasters(1) first");
}
