namespace KubeLab.Etcd.Raft;

/// <summary>What a leader knows of one follower.</summary>
internal sealed class Progress(long next, int inflightMax)
{
    private bool isPaused;

    /// <summary>The highest place known to be on the follower's disk and equal to the leader's.</summary>
    public long Match { get; private set; }

    /// <summary>The place to send next.</summary>
    public long Next { get; private set; } = next;

    public ProgressState State { get; private set; }

    public InflightWindow Inflight { get; } = new(inflightMax);

    /// <summary>The snapshot that is under way, by its index.</summary>
    public long PendingSnapshot { get; private set; }

    /// <summary>Whether it has answered since the leader last looked.</summary>
    public bool IsActive { get; set; }

    /// <summary>Whether the snapshot has been under way since the leader last looked.</summary>
    public bool IsSnapshotLate { get; set; }

    /// <summary>The highest heartbeat it answered, by number.</summary>
    public long AnsweredNumber { get; private set; }

    /// <summary>When that heartbeat went out, in the leader's ticks.</summary>
    public long AnsweredTick { get; private set; } = long.MinValue / 2;

    /// <summary>The highest commitment it was told.</summary>
    public long CommitSent { get; private set; }

    public bool MustWait => State == ProgressState.Snapshot || isPaused;

    public void Answered(long number, long sentTick)
    {
        AnsweredNumber = Math.Max(AnsweredNumber, number);
        AnsweredTick = Math.Max(AnsweredTick, sentTick);
        isPaused = false;
    }

    public void Sent(int entries, long commit)
    {
        CommitSent = commit;
        if (State == ProgressState.Replicate)
        {
            if (entries > 0)
            {
                Next += entries;
                Inflight.Add(Next - 1);
            }

            isPaused = Inflight.IsFull;
        }
        else if (entries > 0)
        {
            isPaused = true;
        }
    }

    /// <summary>The follower has everything up to <paramref name="index"/>; whether that is news.</summary>
    public bool Reached(long index)
    {
        if (index <= Match)
        {
            return false;
        }

        Match = index;
        Next = Math.Max(Next, index + 1);
        isPaused = false;
        return true;
    }

    /// <summary>The follower refused entries behind <paramref name="refused"/>; whether that is news, and not an answer to an old message.</summary>
    public bool Refused(long refused, long hint)
    {
        if (State == ProgressState.Replicate)
        {
            if (refused <= Match)
            {
                return false;
            }

            Next = Match + 1;
            return true;
        }

        if (Next - 1 != refused)
        {
            return false;
        }

        Next = Math.Max(Math.Min(refused, hint + 1), Match + 1);
        isPaused = false;
        return true;
    }

    /// <summary>Something sent may be lost: begin where the follower is known to be.</summary>
    public void BecomeProbe() => Become(ProgressState.Probe, Match + 1);

    public void BecomeReplicate() => Become(ProgressState.Replicate, Match + 1);

    public void BecomeSnapshot(long index)
    {
        Become(ProgressState.Snapshot, index + 1);
        PendingSnapshot = index;
    }

    private void Become(ProgressState state, long next)
    {
        (State, Next, isPaused, IsSnapshotLate, PendingSnapshot) = (state, next, false, false, 0);
        Inflight.Clear();
    }
}
