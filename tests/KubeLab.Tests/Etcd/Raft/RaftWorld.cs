using KubeLab.Etcd.Raft;
using KubeLab.Simulation;
using KubeLab.Simulation.Networking;

namespace KubeLab.Tests.Etcd.Raft;

/// <summary>A group on a simulated network, and the few words that its tests speak.</summary>
internal sealed class RaftWorld
{
    public RaftWorld(int members, long seed = 1, RaftOptions? options = null)
    {
        var chance = new Randomness(seed);
        Network = new SimulatedNetwork(Clock, chance.For("network"));
        Group = new RaftGroup(Clock, Network, chance.For("raft"), options ?? new RaftOptions(), _ => new WordMachine());
        Group.Bootstrap([.. Enumerable.Range(1, members).Select(i => $"m{i}")]);
    }

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SimulatedNetwork Network { get; }

    public RaftGroup Group { get; }

    /// <summary>Waits until somebody leads and the group has committed an entry of its term.</summary>
    public RaftMember AwaitLeader()
    {
        Assert.True(Clock.RunUntil(() => Group.Leader is { } l && l.Status() is { } s && s.Applied == s.LastIndex, TimeSpan.FromSeconds(30)), "no leader within 30 s");
        return Group.Leader!;
    }

    public RaftRequest Write(RaftMember member, string word)
    {
        var request = member.Propose(new TextCommand(word));
        Clock.RunUntil(() => request.IsDone, TimeSpan.FromSeconds(10));
        return request;
    }

    public RaftRequest Read(RaftMember member)
    {
        var request = member.ReadIndex();
        Clock.RunUntil(() => request.IsDone, TimeSpan.FromSeconds(10));
        return request;
    }

    public RaftRequest Change(MembershipChangeKind kind, long member)
    {
        var request = Group.Leader!.Propose(new MembershipChange(kind, member));
        Clock.RunUntil(() => request.IsDone, TimeSpan.FromSeconds(10));
        return request;
    }

    public static string Words(RaftMember member) => string.Join(' ', ((WordMachine)member.StateMachine).Words);

    public void Run(double seconds) => Clock.RunFor(TimeSpan.FromSeconds(seconds));
}

/// <summary>Remembers the words it was told, in order.</summary>
internal sealed class WordMachine : IRaftStateMachine
{
    public List<string> Words { get; } = [];

    public object? Apply(RaftEntry entry)
    {
        if (entry.Command is TextCommand command)
        {
            Words.Add(command.Text);
        }

        return Words.Count;
    }

    public object? TakeSnapshot() => Words.ToArray();

    public void Restore(object? state)
    {
        Words.Clear();
        Words.AddRange(state as string[] ?? []);
    }
}
