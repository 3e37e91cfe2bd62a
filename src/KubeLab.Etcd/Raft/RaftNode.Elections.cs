namespace KubeLab.Etcd.Raft;

// Terms and votes: sections 5.1, 5.2 and 5.4.1 of the paper; pre-vote and the refusal to vote while a leader is heard: sections 9.6 and 4.2.3 of Ongaro's thesis.
public sealed partial class RaftNode
{
    /// <summary>Whether it may stand for election: a voter that has applied every change of the membership that it knows to be committed.</summary>
    private bool CanCampaign => Membership.IsVoter(Id) && !log.IsSnapshotUnwritten && !HasChangeToApply();

    private bool HearsOfLeader => options.CheckQuorum && (Leader != 0 || keepsPromise) && electionElapsed < options.ElectionTicks;

    /// <summary>Begins an election now, as when the time-out is over; nothing happens at a leader or at one that may not stand.</summary>
    public void Campaign()
    {
        if (Role == RaftRole.Leader || !CanCampaign)
        {
            return;
        }

        if (options.PreVote)
        {
            AskForPromises();
        }
        else
        {
            AskForVotes(isTransfer: false);
        }
    }

    /// <summary>A message of a later term; false when it is not to be looked at.</summary>
    private bool EnterTerm(RaftMessage message)
    {
        if (message.Kind is MessageKind.PreVote or MessageKind.Vote && !message.IsTransfer && HearsOfLeader)
        {
            return false;
        }

        // A pre-vote speaks of a term that nobody has entered yet.
        var isPromise = message.Kind == MessageKind.PreVote || message is { Kind: MessageKind.PreVoteResponse, IsRefusal: false };
        if (!isPromise)
        {
            var isFromLeader = message.Kind is MessageKind.Append or MessageKind.Heartbeat or MessageKind.Snapshot;
            BecomeFollower(message.Term, isFromLeader ? message.From : 0);
        }

        return true;
    }

    /// <summary>A message of an earlier term: a leader or candidate of that term must learn of this one, or it would never step down. Always false.</summary>
    /// <remarks>etcd's answers only with pre-vote or check-quorum on; without an answer a newcomer that has heard of a later term, and may not stand itself, would be out for ever.</remarks>
    private bool AnswerOldTerm(RaftMessage message)
    {
        if (message.Kind is MessageKind.Append or MessageKind.Heartbeat)
        {
            Send(new() { Kind = MessageKind.AppendResponse, From = Id, To = message.From, Term = Term, Index = message.Index, IsRefusal = true });
        }
        else if (message.Kind == MessageKind.PreVote)
        {
            Send(new() { Kind = MessageKind.PreVoteResponse, From = Id, To = message.From, Term = Term, IsRefusal = true });
        }

        return false;
    }

    private void AnswerVote(RaftMessage message)
    {
        var isPreVote = message.Kind == MessageKind.PreVote;
        var isFree = Vote == message.From || (Vote == 0 && Leader == 0) || (isPreVote && message.Term > Term);
        var isGranted = isFree && log.IsUpToDate(message.Index, message.LogTerm);
        if (isGranted && !isPreVote)
        {
            Vote = message.From;
            electionElapsed = 0;
        }

        Send(new()
        {
            Kind = isPreVote ? MessageKind.PreVoteResponse : MessageKind.VoteResponse,
            From = Id,
            To = message.From,
            Term = isGranted ? message.Term : Term,
            IsRefusal = !isGranted,
        });
    }

    private void TakeVote(RaftMessage message)
    {
        var asked = message.Kind == MessageKind.PreVoteResponse ? RaftRole.PreCandidate : RaftRole.Candidate;
        if (Role == asked)
        {
            CountVote(message.From, !message.IsRefusal);
        }
    }

    private void CountVote(long voter, bool granted)
    {
        tally.Record(voter, granted);
        switch (tally.Outcome(Membership))
        {
            case VoteOutcome.Won when Role == RaftRole.PreCandidate:
                AskForVotes(isTransfer: false);
                break;
            case VoteOutcome.Won:
                BecomeLeader();
                break;
            case VoteOutcome.Lost:
                BecomeFollower(Term, 0);
                break;
        }
    }

    private void AskForPromises()
    {
        Role = RaftRole.PreCandidate;
        Leader = 0;
        tally.Clear();
        Ask(MessageKind.PreVote, Term + 1, isTransfer: false);
    }

    private void AskForVotes(bool isTransfer)
    {
        Reset(Term + 1);
        Role = RaftRole.Candidate;
        Vote = Id;
        Ask(MessageKind.Vote, Term, isTransfer);
    }

    private void Ask(MessageKind kind, long term, bool isTransfer)
    {
        // Its own vote counts when it is on the disk, as any other's.
        votesForItselfAs = Role;
        foreach (var voter in Membership.Voters)
        {
            if (voter != Id)
            {
                Send(new() { Kind = kind, From = Id, To = voter, Term = term, Index = log.LastIndex, LogTerm = log.LastTerm, IsTransfer = isTransfer });
            }
        }
    }

    private void BecomeFollower(long term, long leader)
    {
        Reset(term);
        Role = RaftRole.Follower;
        Leader = leader;
    }

    private void Reset(long term)
    {
        if (term != Term)
        {
            (Term, Vote) = (term, 0);
        }

        Leader = 0;
        (electionElapsed, heartbeatElapsed) = (0, 0);
        electionTimeout = DrawElectionTimeout();
        votesForItselfAs = null;
        tally.Clear();
        ForgetLeading();
    }
}
