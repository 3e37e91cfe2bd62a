namespace KubeLab.Etcd.Raft;

/// <summary>Messages as one line of text, for transcripts and diagrams.</summary>
internal static class RaftMessageText
{
    public static string Of(RaftMessage m) => $"{m.From}→{m.To} {m.Kind} t{m.Term}{Detail(m)}";

    private static string Detail(RaftMessage m) => m.Kind switch
    {
        MessageKind.PreVote or MessageKind.Vote => $" last {m.Index}/{m.LogTerm}{(m.IsTransfer ? " transfer" : "")}",
        MessageKind.PreVoteResponse or MessageKind.VoteResponse => m.IsRefusal ? " no" : " yes",
        MessageKind.Append => $" after {m.Index}/{m.LogTerm} commit {m.Commit} [{string.Join(", ", m.Entries)}]",
        MessageKind.AppendResponse => m.IsRefusal ? $" no at {m.Index}, perhaps {m.Hint}/{m.LogTerm}" : $" up to {m.Index}",
        MessageKind.Heartbeat => $" commit {m.Commit} #{m.Number}",
        MessageKind.HeartbeatResponse => $" #{m.Number}",
        MessageKind.Snapshot => $" at {m.Snapshot!.Index}/{m.Snapshot.Term} {m.Snapshot.Membership}",
        MessageKind.Propose => $" {m.Proposal!.Id} {(object?)m.Proposal.Change ?? m.Proposal.Command}",
        MessageKind.ProposalRefused => $" {m.Proposal!.Id} {m.Reason}",
        MessageKind.ReadIndex => $" read {m.Number}",
        MessageKind.ReadIndexResponse => $" read {m.Number} from {m.Index}",
        _ => "",
    };
}
