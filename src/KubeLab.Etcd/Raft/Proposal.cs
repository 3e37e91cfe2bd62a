namespace KubeLab.Etcd.Raft;

/// <summary>What somebody wants in the log.</summary>
/// <param name="Id">Which proposal.</param>
/// <param name="Command">A command, or null for a change of the membership.</param>
/// <param name="Change">A change of the membership, or null.</param>
public sealed record Proposal(ProposalId Id, IRaftCommand? Command, MembershipChange? Change = null);

/// <summary>What became of a proposal at the member it was made at.</summary>
public enum ProposeResult
{
    /// <summary>It is in the leader's log; whether it will be committed is open.</summary>
    Accepted,

    /// <summary>It was passed on to the leader.</summary>
    Forwarded,

    /// <summary>The member knows no leader.</summary>
    NoLeader,

    /// <summary>The leader is handing over and takes nothing new.</summary>
    Transferring,

    /// <summary>Too much waits to be committed.</summary>
    TooMuchUncommitted,

    /// <summary>Another change of the membership is under way.</summary>
    ChangePending,
}
