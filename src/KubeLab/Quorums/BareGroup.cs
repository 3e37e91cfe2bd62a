using KubeLab.Etcd.Raft;
using KubeLab.Simulation;
using KubeLab.Simulation.Networking;

namespace KubeLab.Quorums;

/// <summary>A group of masters' stores with nothing around it: members, their disks and their network, on a clock of their own.</summary>
internal sealed class BareGroup
{
    public BareGroup(int members, long seed)
    {
        var chance = new Randomness(seed);
        Clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var network = new SimulatedNetwork(Clock, chance.For("network"));
        Chance = chance.For("failures");
        Group = new RaftGroup(Clock, network, chance.For("raft"), new RaftOptions(), _ => new CountingMachine());
        Group.Bootstrap([.. Enumerable.Range(1, members).Select(i => $"master-{i}")]);
    }

    public VirtualClock Clock { get; }

    public Randomness Chance { get; }

    public RaftGroup Group { get; }

    /// <summary>Waits until somebody leads and everything of his log is applied.</summary>
    public RaftMember AwaitLeader()
    {
        var isLed = Clock.RunUntil(() => Group.Leader?.Status() is { } s && s.Applied == s.LastIndex, TimeSpan.FromMinutes(1));
        Invariant.Holds(isLed, "a whole group elects a leader within a minute");
        return Group.Leader!;
    }

    /// <summary>A write of a usual size.</summary>
    public sealed record Write : IRaftCommand
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
