using System.Globalization;
using KubeLab.Etcd.Raft;
using KubeLab.Simulation;
using KubeLab.Simulation.Networking;
using KubeLab.Testing.Linearizability;

namespace KubeLab.Tests.Etcd.Raft.Faults;

/// <summary>One seed: a group, clients, faults for fifteen seconds, then peace, in which everything must come to rest.</summary>
internal sealed class FaultRun
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<string> story = [];
    private readonly History history = new();
    private readonly List<RegisterClient> clients = [];
    private readonly RaftGroup group;
    private readonly RaftWatch watch;
    private readonly FaultSchedule faults;
    private long lastLeaderTerm;

    public FaultRun(long seed, RaftBug bug = RaftBug.None)
    {
        var chance = new Randomness(seed);
        var wish = chance.For("options");
        var style = wish.NextInt(4) switch { 0 => FaultStyle.LeaderAfterLeader, 1 or 2 => FaultStyle.Elections, _ => FaultStyle.Anything };
        var checkQuorum = wish.NextInt(4) > 0;
        var options = new RaftOptions
        {
            Bug = bug,
            CheckQuorum = checkQuorum,
            PreVote = wish.NextInt(4) > 0,
            LeaseReads = checkQuorum && wish.NextInt(2) == 0,
            SnapshotEvery = 10 + wish.NextInt(60),
            CatchUpEntries = wish.NextInt(20),
            InflightMax = 1 + (wish.NextInt(2) * wish.NextInt(8)),
            MessageBytesMax = wish.NextInt(3) switch { 0 => 1, 1 => 100, _ => 10_000 },
            ElectionTicks = wish.NextInt(2) == 0 ? 10 : 3 + wish.NextInt(5),
            UncommittedBytesMax = wish.NextInt(3) == 0 ? 500 : long.MaxValue,
        };
        if (style == FaultStyle.LeaderAfterLeader)
        {
            // One entry after the other, so that a leader falls between two.
            options = options with { MessageBytesMax = 1, InflightMax = 1, ElectionTicks = 3 };
        }

        var network = new SimulatedNetwork(clock, chance.For("network"));
        if (style == FaultStyle.Elections && wish.NextInt(2) == 0)
        {
            // Short time-outs without promises, and messages that come late and twice: candidates meet.
            options = options with { ElectionTicks = 3, PreVote = false, LeaseReads = false };
            network.Profile = new LinkProfile { Latency = TimeSpan.FromMilliseconds(5), Variation = 1, Duplication = 0.5, Reordering = 0.5 };
        }

        group = new RaftGroup(clock, network, chance.For("raft"), options, id => new RegisterMachine(id, watch!)) { RestsWhenQuiet = seed % 3 == 0 };
        watch = new RaftWatch(group);
        Members = seed % 2 == 0 ? 3 : 5;
        group.Bootstrap([.. Enumerable.Range(1, Members).Select(i => $"m{i}")]);
        group.Stepped = Look;
        faults = new FaultSchedule(clock, group, chance.For("faults"), Tell, style);
        for (var i = 0; i < 4; i++)
        {
            clients.Add(new RegisterClient(clock, group, chance.For($"client {i}"), history));
        }
    }

    public int Members { get; }

    public RaftWatch Watch => watch;

    public History History => history;

    public string Story => string.Join('\n', story);

    /// <summary>What went wrong, or null.</summary>
    public string? FindViolation()
    {
        try
        {
            clients.ForEach(c => c.Start());
            faults.Start();
            clock.RunFor(TimeSpan.FromSeconds(15));
            faults.Stop();
            clock.RunFor(TimeSpan.FromSeconds(6));
            clients.ForEach(c => c.Stop());
            clock.RunFor(TimeSpan.FromSeconds(2));
            if (NotAtRest() is not null)
            {
                // Without pre-vote, one whose log is too old may keep the others from standing for a few rounds.
                clock.RunFor(TimeSpan.FromSeconds(20));
            }

            return NotAtRest() ?? LinearizabilityChecker.FindViolation(history.Operations);
        }
        catch (Exception e) when (e is ViolationException or InvariantException)
        {
            return e.Message;
        }
    }

    /// <summary>Seconds after the last fault there is a leader that commits, and everybody who belongs to the group has its log.</summary>
    private string? NotAtRest()
    {
        if (group.Leader is not { } leader)
        {
            return $"no leader, seconds after the last fault:\n{string.Join('\n', group.Members.Select(m => m.Status()))}";
        }

        var request = leader.Propose(new RegisterCommand("last", RegisterCall.Write, 1, 0));
        clock.RunFor(TimeSpan.FromSeconds(1));
        if (!request.IsDone || request.Error != RaftError.None)
        {
            return $"nothing is committed, seconds after the last fault: {request.Error}";
        }

        var status = leader.Status()!;
        var behind = status.Membership.Voters.Concat(status.Membership.Learners).Where(id => group[id].Status()!.Applied != status.Applied).ToArray();
        return behind.Length == 0 ? null : $"{string.Join(", ", behind)} lag behind, seconds after the last fault:\n{leader.Status()}\n{string.Join('\n', status.Followers)}";
    }

    private void Look(RaftMember member)
    {
        watch.Look(member);
        faults.Notice(member);
        if (member.Node is { Role: RaftRole.Leader } node && node.Term > lastLeaderTerm)
        {
            lastLeaderTerm = node.Term;
            Tell($"{member.Id} leads in term {node.Term} {node.Membership}");
        }
    }

    private void Tell(string line) =>
        story.Add(string.Create(CultureInfo.InvariantCulture, $"{(clock.Now - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds,8:0.000} {line}"));
}
