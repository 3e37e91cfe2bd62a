namespace KubeLab.Etcd.Raft;

// Reads that see every write acknowledged before them: section 6.4 of Ongaro's thesis.
public sealed partial class RaftNode
{
    private readonly List<(long From, long Number)> readsWaiting = [];
    private readonly Queue<(long From, long Number, long Index, long Heartbeat)> readsAsked = [];

    /// <summary>Asks from where on a read may be served; the answer comes as a <see cref="ReadState"/> in an output, or never, when messages or leaders are lost.</summary>
    /// <param name="number">The read, unique among this member's.</param>
    /// <returns>False when the member knows no leader.</returns>
    public bool Read(long number)
    {
        if (Role == RaftRole.Leader)
        {
            BeginRead(Id, number);
            return true;
        }

        if (Leader == 0)
        {
            return false;
        }

        Send(new() { Kind = MessageKind.ReadIndex, From = Id, To = Leader, Term = Term, Number = number });
        return true;
    }

    private void BeginRead(long from, long number)
    {
        if (!HasCommittedOwnTerm && options.Bug != RaftBug.ReadUnconfirmed)
        {
            // A new leader does not know yet what its predecessors committed.
            readsWaiting.Add((from, number));
        }
        else if (Membership.Voters is [var only] && only == Id)
        {
            AnswerRead(from, number, log.Commit);
        }
        else if (options.Bug == RaftBug.ReadUnconfirmed || (options.LeaseReads && HoldsLease()))
        {
            AnswerRead(from, number, log.Commit);
        }
        else
        {
            // The heartbeats that this one asks for confirm it, or any later ones.
            if (!IsHeartbeatUnsent())
            {
                SendHeartbeats();
            }

            readsAsked.Enqueue((from, number, log.Commit, heartbeatNumber));
        }
    }

    /// <summary>Heartbeats that nobody has taken yet serve for this read too.</summary>
    private bool IsHeartbeatUnsent() =>
        messages.Exists(m => m.Kind == MessageKind.Heartbeat && m.Number == heartbeatNumber);

    /// <summary>Whether a majority promised so lately not to vote that nobody else can lead now.</summary>
    /// <remarks>
    /// A follower refuses its vote for <see cref="RaftOptions.ElectionTicks"/> of its own ticks, the first and the last of which may be cut short; the leader's last
    /// one may have begun just now. So two ticks are kept in reserve. Who has told another to take over, which breaks the promise, has no lease any more.
    /// </remarks>
    private bool HoldsLease() =>
        options.CheckQuorum && !hasHandedOver
        && leaderTicks - Majority.Reached(Membership, id => id == Id ? leaderTicks : progress[id].AnsweredTick) <= options.ElectionTicks - 2;

    private void AnswerConfirmedReads()
    {
        if (readsAsked.Count == 0)
        {
            return;
        }

        var confirmed = Majority.Reached(Membership, id => id == Id ? heartbeatNumber : progress[id].AnsweredNumber);
        while (readsAsked.TryPeek(out var read) && read.Heartbeat <= confirmed)
        {
            readsAsked.Dequeue();
            AnswerRead(read.From, read.Number, read.Index);
        }
    }

    private void AnswerWaitingReads()
    {
        (long From, long Number)[] waiting = [.. readsWaiting];
        readsWaiting.Clear();
        foreach (var (from, number) in waiting)
        {
            BeginRead(from, number);
        }
    }

    private void AnswerRead(long from, long number, long index)
    {
        if (from == Id)
        {
            reads.Add(new ReadState(number, index));
        }
        else
        {
            Send(new() { Kind = MessageKind.ReadIndexResponse, From = Id, To = from, Term = Term, Number = number, Index = index });
        }
    }

    private void ForgetReads()
    {
        readsWaiting.Clear();
        readsAsked.Clear();
    }
}
