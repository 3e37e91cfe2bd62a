using KubeLab.Simulation.Networking;

namespace KubeLab.Etcd.Raft;

// A member's part in the rest of its group.
public sealed partial class RaftMember
{
    private readonly List<NetworkLink?> links = [];
    private bool isWriting;

    /// <summary>Whether it rests with its group.</summary>
    internal bool IsAtRest { get; set; }

    /// <summary>Whether nothing is under way in it.</summary>
    internal bool IsSettled => node is { IsSettled: true } && !isWriting && !requests.HasReads;

    private bool IsWriting
    {
        get => isWriting;
        set
        {
            group.Writing += (value ? 1 : 0) - (isWriting ? 1 : 0);
            isWriting = value;
        }
    }

    /// <summary>The way to another member.</summary>
    internal NetworkLink LinkTo(RaftMember to)
    {
        while (links.Count <= to.Id)
        {
            links.Add(null);
        }

        return links[(int)to.Id] ??= group.Network.Link(Name, to.Name);
    }

    /// <summary>A leader's rest ends: when its last heartbeat that has been answered would have gone out, or null when none would have.</summary>
    internal DateTimeOffset? WakeAsLeader(IReadOnlyList<RaftMember> rested)
    {
        var due = TicksAt(clock.Now);
        var passed = due - ticksDone;
        ticksDone = due;
        IsAtRest = false;
        var sinceBeat = node!.TicksSinceBeat(passed);
        DateTimeOffset? beat = null;
        if (sinceBeat is { } ticks)
        {
            beat = firstTick + (group.Options.Tick * (due - ticks - 1));
            for (var i = 1; i < rested.Count; i++)
            {
                if (beat + LinkTo(rested[i]).Profile.Latency + rested[i].LinkTo(this).Profile.Latency > clock.Now)
                {
                    // The answer to this one is not back yet: the one before it counts, if it was one of the rest.
                    var earlier = ticks + group.Options.HeartbeatTicks;
                    sinceBeat = earlier < passed ? earlier : null;
                    beat = sinceBeat is null ? null : firstTick + (group.Options.Tick * (due - earlier - 1));
                    break;
                }
            }
        }

        node.PassAtRest(passed, sinceBeat, rested);
        Arm();
        return beat;
    }

    /// <summary>A follower's rest ends: it has last heard of the leader when that heartbeat arrived.</summary>
    internal void WakeAsFollower(RaftMember leader, DateTimeOffset? lastBeat)
    {
        var due = TicksAt(clock.Now);
        var passed = due - ticksDone;
        ticksDone = due;
        IsAtRest = false;
        node!.PassAtRest(passed, lastBeat is { } beat ? due - TicksAt(beat + leader.LinkTo(this).Profile.Latency) : null);
        Arm();
    }
}
