using KubeLab.Etcd.Raft;
using KubeLab.Simulation;

namespace KubeLab.Quorums;

/// <summary>Whose disk is slow while writes are measured.</summary>
public enum SlowDisk
{
    /// <summary>Nobody's.</summary>
    Nobody,

    /// <summary>One follower's.</summary>
    Follower,

    /// <summary>The leader's.</summary>
    Leader,
}

/// <summary>How long writes take on a group of masters, measured on the simulated network and disks: message to the followers, their disks, answer, and all of that at a majority.</summary>
/// <seealso href="https://etcd.io/docs/v3.5/op-guide/performance/">etcd's performance</seealso>
public static class WriteLatency
{
    /// <summary>How many times slower a slow disk is unless told otherwise.</summary>
    public const double SlowdownDefault = 10;

    // Far enough apart that no write waits for the one before it.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures writes at the leader of a fresh group, one after the other.</summary>
    /// <param name="members">How many members, from 1 on.</param>
    /// <param name="slow">Whose disk is slow; a group of one has no follower.</param>
    /// <param name="writes">How many writes.</param>
    /// <param name="slowdown">How many times slower a slow disk is.</param>
    /// <param name="seed">Decides every delay.</param>
    public static LatencyRow Measure(int members, SlowDisk slow = SlowDisk.Nobody, int writes = 1000, double slowdown = SlowdownDefault, long seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(writes, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slowdown);
        var lab = MasterGroup.Unwatched(members, seed);
        var leader = lab.AwaitLeader();
        var slowed = slow switch
        {
            SlowDisk.Leader => leader,
            SlowDisk.Follower => lab.Raft.Members.LastOrDefault(m => m != leader) ?? throw new ArgumentException("a group of one has no follower whose disk could be slow", nameof(slow)),
            _ => null,
        };
        if (slowed is not null)
        {
            slowed.Disk.Slowdown = slowdown;
        }

        var taken = new double[writes];
        for (var i = 0; i < writes; i++)
        {
            lab.Clock.RunFor(Apart);
            var (request, begun) = (leader.Propose(new MasterGroup.Entry()), lab.Clock.Now);
            Invariant.Holds(lab.Clock.RunUntil(() => request.IsDone, TimeSpan.FromSeconds(30)) && request.Error == RaftError.None, "a whole group commits what its leader proposes");
            taken[i] = (lab.Clock.Now - begun).TotalMilliseconds;
        }

        Array.Sort(taken);
        return new LatencyRow(members, slow, Quantile(taken, 0.5), Quantile(taken, 0.95), Quantile(taken, 0.99));
    }

    /// <summary>Measures groups of one member, two, three, …: with good disks, with one follower's slow, and with the leader's slow.</summary>
    /// <param name="membersMax">The last number of members.</param>
    /// <param name="writes">How many writes for each.</param>
    /// <param name="slowdown">How many times slower a slow disk is.</param>
    /// <param name="seed">Decides every delay.</param>
    public static LatencyTable Table(int membersMax = 9, int writes = 1000, double slowdown = SlowdownDefault, long seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(membersMax, 1);
        return new(
            slowdown,
            [
                .. from slow in Enum.GetValues<SlowDisk>()
                   from members in Enumerable.Range(1, membersMax)
                   where members > 1 || slow != SlowDisk.Follower
                   select Measure(members, slow, writes, slowdown, seed),
            ]);
    }

    private static double Quantile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
