using KubeLab.Simulation;

namespace KubeLab.Etcd.Raft;

// A group of one has nobody to ask: a proposal goes into the log, onto the disk, and into the state machine. What else could happen cannot.
public sealed partial class RaftMember
{
    /// <summary>Whether the next proposal here is committed as soon as it is on this member's disk.</summary>
    internal bool DecidesAlone => IsAtRest && node!.DecidesAlone && group.Journal?.IsTracing != true;

    /// <summary>Writes a command to the log and applies it, in one go; the caller lets the disk's time pass before.</summary>
    internal object? DecideAlone(IRaftCommand command)
    {
        Invariant.Holds(DecidesAlone, "only who is alone decides alone");
        var running = node!;
        var entry = running.DecideAlone(command, new ProposalId(Id, requests.NextNumber()));
        disk.WriteSafely(entry);
        var result = stateMachine.Apply(entry);
        applied = entry.Index;
        sinceSnapshot++;
        SnapshotWhenDue(running);
        return result;
    }
}
