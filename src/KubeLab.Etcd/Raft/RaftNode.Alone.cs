namespace KubeLab.Etcd.Raft;

// The only voter of a group without learners.
public sealed partial class RaftNode
{
    /// <summary>Whether it leads a group of one and has nothing else to do.</summary>
    internal bool DecidesAlone => Role == RaftRole.Leader && IsAlone && IsSettled;

    /// <summary>Whether nobody but itself belongs to the group.</summary>
    internal bool IsAlone => Membership.Voters is [var only] && only == Id && Membership.Learners.Count == 0;

    /// <summary>An entry that is written, committed and applied at once.</summary>
    internal RaftEntry DecideAlone(IRaftCommand command, ProposalId proposal)
    {
        var entry = new RaftEntry(Term, log.LastIndex + 1, command, proposal);
        log.Append(entry);
        log.WrittenTo(entry.Index, Term);
        log.CommitTo(entry.Index);
        log.AppliedTo(entry.Index);
        progress[Id].Reached(entry.Index);
        written = HardState;
        return entry;
    }
}
