using KubeLab.Charts;
using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Raft.Observing;
using KubeLab.Simulation;
using KubeLab.Simulation.Networking;

namespace KubeLab.Quorums;

/// <summary>A group of masters' stores with nothing around it: members, their disks and their network, on a clock of their own. What a lesson looks at under the magnifying glass.</summary>
public sealed class MasterGroup
{
    private static readonly TimeSpan TimeToElect = TimeSpan.FromMinutes(1);
    private RaftJournal? journal;

    private MasterGroup(int members, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        var chance = new Randomness(seed);
        Clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var network = new SimulatedNetwork(Clock, chance.For("network"));
        Chance = chance.For("failures");
        Raft = new RaftGroup(Clock, network, chance.For("raft"), new RaftOptions(), _ => new CountingMachine());
        Raft.Bootstrap([.. Enumerable.Range(1, members).Select(i => $"master-{i}")]);
    }

    /// <summary>The group's clock.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The group as Raft knows it.</summary>
    public RaftGroup Raft { get; }

    /// <summary>What happened to it.</summary>
    public RaftJournal Journal => journal ??= RaftJournal.Keep(Raft);

    /// <summary>The machine whose member leads, or null.</summary>
    public string? Leader => Raft.Leader?.Name;

    /// <summary>The members' machines.</summary>
    public IReadOnlyList<string> Members => [.. Raft.Members.Select(m => m.Name)];

    internal Randomness Chance { get; }

    /// <summary>A fresh group of <c>master-1</c>, <c>master-2</c>, …, which has a leader.</summary>
    /// <param name="members">How many members.</param>
    /// <param name="seed">Decides every delay.</param>
    public static MasterGroup Of(int members, long seed = 1)
    {
        var group = new MasterGroup(members, seed);
        _ = group.Journal;
        group.AwaitLeader();
        return group;
    }

    /// <summary>Pulls the plug of a machine.</summary>
    /// <exception cref="ArgumentException">There is no such machine.</exception>
    public void Kill(string machine) => Find(machine).Crash();

    /// <summary>Gives a machine its power back.</summary>
    /// <exception cref="ArgumentException">There is no such machine.</exception>
    public void Restore(string machine) => Find(machine).Start();

    /// <summary>Cuts the network between sides, for example <c>master-1 master-2 | master-3</c>; an earlier cut is mended.</summary>
    /// <exception cref="ArgumentException">There is no such machine.</exception>
    public void Partition(string sides)
    {
        ArgumentNullException.ThrowIfNull(sides);
        List<string[]> named = [.. sides.Split('|').Select(side => side.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))];
        named.ForEach(side => Array.ForEach(side, name => Find(name)));
        Heal();
        Raft.Network.Partition([.. named.Select(side => (IReadOnlyList<string>)side)]);
    }

    /// <summary>Mends every cut.</summary>
    public void Heal() => Raft.Network.Heal();

    /// <summary>Makes a machine's disk slower.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="factor">How many times slower than a healthy one; 1 heals it.</param>
    /// <exception cref="ArgumentException">There is no such machine.</exception>
    public void SlowDisk(string machine, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        Find(machine).Disk.Slowdown = factor;
    }

    /// <summary>Lets seconds of the group's time pass.</summary>
    public void RunFor(double seconds) => Clock.RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>Writes something and waits for the answer, seven seconds at the most, as an API server does.</summary>
    /// <param name="machine">At which member; the leader's when null, or the first one's that is up when nobody leads.</param>
    /// <exception cref="ArgumentException">There is no such machine.</exception>
    public WriteOutcome Write(string? machine = null)
    {
        var member = machine is null ? Raft.Leader ?? Raft.Members.FirstOrDefault(m => m.IsUp) ?? Raft.Members.First() : Find(machine);
        var (trace, begun) = (Journal.TraceNextWrite(), Clock.Now);
        var request = member.Propose(new Entry());
        Clock.RunUntil(() => request.IsDone, Raft.Options.RequestTimeout);
        var took = Clock.Now - begun;

        // What is still under way belongs to the picture: the slowest disk, the last notice, an answer that nobody waits for.
        Clock.RunUntil(() => trace.IsOver, Raft.Options.Tick);
        Clock.RunFor(Raft.Options.Tick / 10);
        return new WriteOutcome(member.Name, request.Error, took, request.Index, trace);
    }

    /// <summary>Who led when, and when no majority was left.</summary>
    public Figure Chart() => GroupPictures.Members(Journal);

    /// <summary>How far each member's log is.</summary>
    public Figure Logs() => GroupPictures.Logs(Raft);

    /// <summary>Waits until somebody leads and everything of his log is applied.</summary>
    internal RaftMember AwaitLeader()
    {
        var isLed = Clock.RunUntil(() => Raft.Leader?.Status() is { } s && s.Applied == s.LastIndex, TimeToElect);
        Invariant.Holds(isLed, "a whole group elects a leader within a minute");
        return Raft.Leader!;
    }

    /// <summary>The same without a journal, for measurements.</summary>
    internal static MasterGroup Unwatched(int members, long seed) => new(members, seed);

    private RaftMember Find(string machine) => Raft.Members.FirstOrDefault(m => m.Name == machine)
        ?? throw new ArgumentException($"no machine \"{machine}\"; there are {string.Join(", ", Members)}", nameof(machine));

    /// <summary>A write of a usual size.</summary>
    internal sealed record Entry : IRaftCommand
    {
        /// <inheritdoc/>
        public int SizeBytes => 1024;
    }

    private sealed class CountingMachine : IRaftStateMachine
    {
        private long count;

        public object? Apply(RaftEntry entry) => entry.Command is null ? count : ++count;

        public object? TakeSnapshot() => count;

        public void Restore(object? state) => count = state as long? ?? 0;
    }
}
