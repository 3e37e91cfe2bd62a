namespace KubeLab.Etcd.Raft;

// What a leader sends: entries, snapshots, heartbeats; and how it looks after its followers.
public sealed partial class RaftNode
{
    private long heartbeatNumber;

    // What happens between two outputs goes into one message to each follower.
    private bool isBroadcastDue;

    internal bool HasCommittedOwnTerm => log.TermAt(log.Commit) == Term;

    private void Broadcast()
    {
        isBroadcastDue = false;
        foreach (var (id, follower) in progress)
        {
            if (id != Id)
            {
                SendEntries(id, follower, evenNone: true);
            }
        }
    }

    /// <summary>Sends what comes next, if the follower is ready for it; whether something went out.</summary>
    /// <param name="id">Whom to.</param>
    /// <param name="follower">What is known of it.</param>
    /// <param name="evenNone">Whether a message without entries tells enough: a commitment, or a question where the logs agree.</param>
    private bool SendEntries(long id, Progress follower, bool evenNone)
    {
        if (follower.MustWait)
        {
            return false;
        }

        var before = follower.Next - 1;
        if (log.TermAt(before) is not { } term)
        {
            return SendSnapshot(id, follower);
        }

        var entries = follower.State == ProgressState.Replicate && follower.Inflight.IsFull ? [] : log.From(follower.Next, options.MessageBytesMax);
        if (entries.Count == 0 && !evenNone)
        {
            return false;
        }

        Send(new() { Kind = MessageKind.Append, From = Id, To = id, Term = Term, Index = before, LogTerm = term, Commit = log.Commit, Entries = entries });
        follower.Sent(entries.Count, log.Commit);
        return true;
    }

    private bool SendSnapshot(long id, Progress follower)
    {
        if (!follower.IsActive)
        {
            // It would wait for somebody who is not there; the first answer to a heartbeat brings it about.
            return false;
        }

        follower.BecomeSnapshot(log.Snapshot.Index);
        Send(new() { Kind = MessageKind.Snapshot, From = Id, To = id, Term = Term, Snapshot = log.Snapshot });
        return true;
    }

    private void SendHeartbeats()
    {
        heartbeatNumber++;
        foreach (var (id, follower) in progress)
        {
            if (id != Id)
            {
                Send(new()
                {
                    Kind = MessageKind.Heartbeat,
                    From = Id,
                    To = id,
                    Term = Term,
                    Commit = Math.Min(follower.Match, log.Commit),
                    Number = heartbeatNumber,
                    SentTick = leaderTicks,
                });
            }
        }
    }

    private void TakeHeartbeatAnswer(RaftMessage message, Progress follower)
    {
        follower.Answered(message.Number, message.SentTick);

        // A follower that answers but lags may have lost a message: this one finds out.
        if (follower.Match < log.LastIndex || follower.State == ProgressState.Probe)
        {
            SendEntries(message.From, follower, evenNone: true);
        }

        AnswerConfirmedReads();
    }

    /// <summary>Once in an election time-out: does a majority answer, has a transfer come to nothing, is a snapshot lost?</summary>
    private void LookAfterFollowers()
    {
        GiveUpTransfer();
        if (options.CheckQuorum && Majority.Reached(Membership, id => id == Id || progress[id].IsActive ? 1 : 0) < 1)
        {
            BecomeFollower(Term, 0);
            return;
        }

        foreach (var follower in progress.Values)
        {
            follower.IsActive = false;
            if (follower is { State: ProgressState.Snapshot, IsSnapshotLate: true })
            {
                follower.BecomeProbe();
            }
            else
            {
                follower.IsSnapshotLate = follower.State == ProgressState.Snapshot;
            }
        }
    }
}
