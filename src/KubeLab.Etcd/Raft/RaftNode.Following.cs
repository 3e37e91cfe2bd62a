namespace KubeLab.Etcd.Raft;

// The follower's side: what a leader says is done (section 5.3 of the paper).
public sealed partial class RaftNode
{
    private void Follow(RaftMessage message)
    {
        if (Role != RaftRole.Follower)
        {
            // Whoever leads in this term has won; a candidate has not.
            BecomeFollower(Term, message.From);
        }

        Leader = message.From;
        electionElapsed = 0;
        if (message.Kind == MessageKind.Append)
        {
            TakeEntries(message);
        }
        else if (message.Kind == MessageKind.Snapshot)
        {
            TakeSnapshot(message);
        }
        else
        {
            log.CommitTo(message.Commit);
            Send(new()
            {
                Kind = MessageKind.HeartbeatResponse,
                From = Id,
                To = message.From,
                Term = Term,
                Number = message.Number,
                SentTick = message.SentTick,
            });
        }
    }

    private void TakeEntries(RaftMessage message)
    {
        if (message.Index < log.Commit)
        {
            // An old message; what is committed agrees anyway.
            Acknowledge(message.From, log.Commit);
        }
        else if (log.TryAppend(message.Index, message.LogTerm, message.Commit, message.Entries) is { } last)
        {
            Acknowledge(message.From, last);
        }
        else
        {
            // The logs differ at that place; where this one's terms are not above the leader's they may agree again.
            var (hint, term) = log.LastNotAbove(Math.Min(message.Index, log.LastIndex), message.LogTerm);
            Send(new()
            {
                Kind = MessageKind.AppendResponse,
                From = Id,
                To = message.From,
                Term = Term,
                Index = message.Index,
                IsRefusal = true,
                Hint = hint,
                LogTerm = term,
            });
        }
    }

    private void TakeSnapshot(RaftMessage message)
    {
        var snapshot = message.Snapshot!;
        if (snapshot.Index > log.Commit)
        {
            if (log.Matches(snapshot.Index, snapshot.Term))
            {
                // It has all of it already, and only did not know that it is committed.
                log.CommitTo(snapshot.Index);
            }
            else
            {
                log.Restore(snapshot);
                Membership = snapshot.Membership;
            }
        }

        Acknowledge(message.From, log.Commit);
    }

    private void Acknowledge(long leader, long index) =>
        Send(new() { Kind = MessageKind.AppendResponse, From = Id, To = leader, Term = Term, Index = index });
}
