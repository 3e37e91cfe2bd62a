namespace KubeLab.Etcd.Raft;

// The leader's side: proposals, followers' answers, commitment (sections 5.3 and 5.4.2 of the paper).
public sealed partial class RaftNode
{
    private readonly SortedList<long, Progress> progress = [];
    private readonly SortedDictionary<long, ReplayWindow> proposalsSeen = [];
    private long uncommittedBytes;

    /// <summary>Puts something into the log, or passes it on to the leader.</summary>
    public ProposeResult Propose(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (Role == RaftRole.Leader)
        {
            return TryTake(proposal);
        }

        if (Leader == 0)
        {
            return ProposeResult.NoLeader;
        }

        Send(new() { Kind = MessageKind.Propose, From = Id, To = Leader, Term = Term, Proposal = proposal });
        return ProposeResult.Forwarded;
    }

    private void BecomeLeader()
    {
        Reset(Term);
        Role = RaftRole.Leader;
        Leader = Id;
        leaderTicks = 0;
        FollowMembership();
        progress[Id].Reached(log.Written);
        progress[Id].BecomeReplicate();

        // Whatever change of the membership may be in the log: none begins before all of it is applied.
        pendingChange = log.LastIndex;

        // An entry of its own term, because only those are committed by counting (figure 8).
        log.Append(new RaftEntry(Term, log.LastIndex + 1, null));
        isBroadcastDue = true;
    }

    private void ForgetLeading()
    {
        progress.Clear();
        proposalsSeen.Clear();
        uncommittedBytes = 0;
        isBroadcastDue = false;
        ForgetReads();
        (transferTo, hasHandedOver) = (0, false);
    }

    private ProposeResult TryTake(Proposal proposal)
    {
        if (transferTo != 0)
        {
            return ProposeResult.Transferring;
        }

        if (proposal.Change is not null && pendingChange > log.Applied)
        {
            return ProposeResult.ChangePending;
        }

        var entry = new RaftEntry(Term, log.LastIndex + 1, proposal.Command, proposal.Id, proposal.Change);
        if (uncommittedBytes > 0 && uncommittedBytes + entry.SizeBytes > options.UncommittedBytesMax)
        {
            return ProposeResult.TooMuchUncommitted;
        }

        uncommittedBytes += entry.SizeBytes;
        pendingChange = proposal.Change is null ? pendingChange : entry.Index;
        log.Append(entry);
        isBroadcastDue = true;
        return ProposeResult.Accepted;
    }

    /// <summary>What only a leader of this very term understands; who is none says nothing, and whoever asked asks again.</summary>
    private void Lead(RaftMessage message)
    {
        if (Role != RaftRole.Leader)
        {
            return;
        }

        if (message.Kind == MessageKind.Propose)
        {
            TakeForwarded(message);
        }
        else if (message.Kind == MessageKind.ReadIndex)
        {
            BeginRead(message.From, message.Number);
        }
        else if (progress.TryGetValue(message.From, out var follower))
        {
            follower.IsActive = true;
            if (message.Kind == MessageKind.AppendResponse)
            {
                TakeAnswer(message, follower);
            }
            else
            {
                TakeHeartbeatAnswer(message, follower);
            }
        }
    }

    private void TakeForwarded(RaftMessage message)
    {
        if (!proposalsSeen.TryGetValue(message.From, out var seen))
        {
            proposalsSeen.Add(message.From, seen = new ReplayWindow());
        }

        // The network may bring it twice; also a refusal is final, so that the proposer may rely on it.
        if (!seen.IsNew(message.Proposal!.Id.Sequence))
        {
            return;
        }

        var result = TryTake(message.Proposal);
        if (result != ProposeResult.Accepted)
        {
            Send(new() { Kind = MessageKind.ProposalRefused, From = Id, To = message.From, Term = Term, Proposal = message.Proposal, Reason = result });
        }
    }

    private void TakeAnswer(RaftMessage message, Progress follower)
    {
        if (message.IsRefusal)
        {
            var hint = message.LogTerm > 0 ? log.LastNotAbove(message.Hint, message.LogTerm).Index : message.Hint;
            if (follower.Refused(message.Index, hint))
            {
                if (follower.State == ProgressState.Replicate)
                {
                    follower.BecomeProbe();
                }

                SendEntries(message.From, follower, evenNone: true);
            }

            return;
        }

        if (follower.Reached(message.Index) || (follower.Match == message.Index && follower.State == ProgressState.Probe))
        {
            AfterProgress(follower, message.From);
        }
    }

    private void AfterProgress(Progress follower, long id)
    {
        if (follower.State == ProgressState.Probe || (follower.State == ProgressState.Snapshot && follower.Match >= follower.PendingSnapshot))
        {
            follower.BecomeReplicate();
        }
        else if (follower.State == ProgressState.Replicate)
        {
            follower.Inflight.FreeUpTo(follower.Match);
        }

        if (TryCommit())
        {
            isBroadcastDue = true;
        }
        else if (id != Id && follower.CommitSent < Math.Min(log.Commit, follower.Match))
        {
            SendEntries(id, follower, evenNone: true);
        }

        if (id != Id)
        {
            while (SendEntries(id, follower, evenNone: false))
            {
            }

            HandOverWhenReady(id, follower);
        }
    }

    /// <summary>Commits what a majority has written; only an entry of this term by counting, and with it all before it (figure 8).</summary>
    private bool TryCommit()
    {
        var reached = Majority.Reached(Membership, id => progress[id].Match);
        if (reached <= log.Commit || (log.TermAt(reached) != Term && options.Bug != RaftBug.OldTermCommitted))
        {
            return false;
        }

        var hadOwnTerm = HasCommittedOwnTerm;
        CountCommitted(reached);
        log.CommitTo(reached);
        if (!hadOwnTerm)
        {
            AnswerWaitingReads();
        }

        return true;
    }

    private void CountCommitted(long reached)
    {
        for (var index = log.Commit + 1; uncommittedBytes > 0 && index <= reached; index++)
        {
            var entry = log[index];
            if (entry.Term == Term && entry.Proposal.Sequence > 0)
            {
                uncommittedBytes = Math.Max(0, uncommittedBytes - entry.SizeBytes);
            }
        }
    }
}
