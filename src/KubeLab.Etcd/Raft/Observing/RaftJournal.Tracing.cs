namespace KubeLab.Etcd.Raft.Observing;

// One write under the magnifying glass.
public sealed partial class RaftJournal
{
    private WriteTrace? trace;
    private Func<IRaftCommand, bool>? isWanted;

    /// <summary>Follows the next write that is proposed at any member, message by message; the trace fills while time passes.</summary>
    /// <param name="which">Which commands to follow; any when null.</param>
    public WriteTrace TraceNextWrite(Func<IRaftCommand, bool>? which = null)
    {
        isWanted = which ?? (_ => true);
        return trace = new WriteTrace(group);
    }

    /// <summary>Whether somebody wants to see every message of a write.</summary>
    internal bool IsTracing => trace is not null;

    internal void Proposed(RaftMember member, Proposal proposal)
    {
        if (trace is { HasBegun: false } && proposal.Command is { } command && isWanted!(command))
        {
            trace.Begin(member, proposal.Id);
        }
    }

    internal void Sent(RaftMessage message) => trace?.Sent(message);

    internal void Received(RaftMessage message)
    {
        if (trace is { } open)
        {
            open.Received(message);
            trace = open.IsSettled ? null : open;
        }
    }

    internal void Syncing(RaftMember member, RaftOutput output) => trace?.Syncing(member, output);

    internal void Synced(RaftMember member, RaftOutput output) => trace?.Synced(member, output);

    internal void Applied(RaftMember member, RaftEntry entry)
    {
        if (trace is { } open)
        {
            open.Applied(member, entry);
            trace = open.IsSettled ? null : open;
        }
    }
}
