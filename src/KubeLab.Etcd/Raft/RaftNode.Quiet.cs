namespace KubeLab.Etcd.Raft;

// What a node is after ticks in which its group rested.
public sealed partial class RaftNode
{
    /// <summary>Whether it knows all that it is to know, and has nothing to say, to ask or to do.</summary>
    internal bool IsSettled =>
        !HasOutput && underWay is null && log.Applied == log.LastIndex && readsWaiting.Count == 0 && readsAsked.Count == 0 && transferTo == 0
        && (Role != RaftRole.Leader || !HasSnapshotUnderWay);

    private bool HasSnapshotUnderWay
    {
        get
        {
            foreach (var follower in progress.Values)
            {
                if (follower.State == ProgressState.Snapshot)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether this follower and <paramref name="leader"/> know the same, of the log and of each other.</summary>
    internal bool IsInStepWith(RaftNode leader) =>
        Role == RaftRole.Follower && Leader == leader.Id && Term == leader.Term && LastIndex == leader.LastIndex && Commit == leader.Commit
        && leader.progress.TryGetValue(Id, out var known) && known.State == ProgressState.Replicate && known.Match == leader.LastIndex;

    /// <summary>For a leader: how many ticks ago it would have sent its last heartbeat, had it ticked <paramref name="passed"/> times; null when it would have sent none.</summary>
    internal long? TicksSinceBeat(long passed) =>
        heartbeatElapsed + passed < options.HeartbeatTicks ? null : (heartbeatElapsed + passed) % options.HeartbeatTicks;

    /// <summary>For a leader: <paramref name="passed"/> ticks in which all of <paramref name="rested"/> answered its heartbeats, the last one <paramref name="sinceBeat"/> ticks ago.</summary>
    internal void PassAtRest(long passed, long? sinceBeat, IReadOnlyList<RaftMember> rested)
    {
        leaderTicks += passed;
        heartbeatNumber += (heartbeatElapsed + passed) / options.HeartbeatTicks;
        heartbeatElapsed = (int)((heartbeatElapsed + passed) % options.HeartbeatTicks);
        if (electionElapsed + passed >= options.ElectionTicks)
        {
            foreach (var follower in progress.Values)
            {
                follower.IsActive = false;
            }
        }

        electionElapsed = (int)((electionElapsed + passed) % options.ElectionTicks);
        foreach (var member in rested)
        {
            if (member.Id != Id && sinceBeat is { } ticks)
            {
                progress[member.Id].IsActive = true;
                progress[member.Id].Answered(heartbeatNumber, leaderTicks - ticks);
            }
        }
    }

    /// <summary>For a follower: <paramref name="passed"/> ticks, and how many of them since it last heard of the leader; null when that was before them.</summary>
    internal void PassAtRest(long passed, long? sinceHeard) => electionElapsed = (int)(sinceHeard ?? electionElapsed + passed);
}
