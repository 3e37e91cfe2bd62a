using KubeLab.Simulation;

namespace KubeLab.Etcd.Raft;

// Time, which is counted in ticks.
public sealed partial class RaftNode
{
    private int electionElapsed;
    private int heartbeatElapsed;
    private int electionTimeout;
    private long leaderTicks;
    private bool keepsPromise;

    /// <summary>After how many ticks something happens by itself; the ones before it only count. At least 1.</summary>
    public int TicksUntilAction =>
        Role == RaftRole.Leader ? Math.Min(options.HeartbeatTicks - heartbeatElapsed, options.ElectionTicks - electionElapsed)
        : Math.Max(1, (CanCampaign ? electionTimeout : Math.Max(electionTimeout, electionElapsed + options.ElectionTicks)) - electionElapsed);

    /// <summary>Lets <paramref name="ticks"/> ticks pass at once: not more than <see cref="TicksUntilAction"/>.</summary>
    public void Tick(int ticks = 1)
    {
        Invariant.Holds(ticks >= 1 && ticks <= TicksUntilAction, "only ticks in which nothing happens are passed over");
        electionElapsed += ticks;
        if (keepsPromise && electionElapsed >= options.ElectionTicks)
        {
            keepsPromise = false;
        }

        if (Role == RaftRole.Leader)
        {
            TickAsLeader(ticks);
        }
        else if (electionElapsed >= electionTimeout && CanCampaign)
        {
            electionElapsed = 0;
            Campaign();
        }
    }

    private void TickAsLeader(int ticks)
    {
        leaderTicks += ticks;
        heartbeatElapsed += ticks;
        if (electionElapsed >= options.ElectionTicks)
        {
            electionElapsed = 0;
            LookAfterFollowers();
        }

        if (Role == RaftRole.Leader && heartbeatElapsed >= options.HeartbeatTicks)
        {
            heartbeatElapsed = 0;
            SendHeartbeats();
        }
    }

    private int DrawElectionTimeout() => options.ElectionTicks + chance(options.ElectionTicks);
}
