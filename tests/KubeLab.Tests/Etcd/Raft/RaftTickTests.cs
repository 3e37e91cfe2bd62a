using KubeLab.Etcd.Raft;
using KubeLab.Simulation;

namespace KubeLab.Tests.Etcd.Raft;

public sealed class RaftTickTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Ticks_passed_over_at_once_are_as_ticks_one_by_one(long seed)
    {
        var (lumps, single) = (Node(1, seed), Node(1, seed));
        var chance = new Randomness(seed);
        for (var round = 0; round < 200; round++)
        {
            var ticks = 1 + chance.NextInt(lumps.TicksUntilAction);
            ticks = Math.Min(ticks, lumps.TicksUntilAction);
            lumps.Tick(ticks);
            for (var i = 0; i < ticks; i++)
            {
                single.Tick();
            }

            if (chance.NextInt(3) == 0)
            {
                var heartbeat = new RaftMessage { Kind = MessageKind.Heartbeat, From = 2, To = 1, Term = lumps.Term + chance.NextInt(2), Commit = 1 };
                lumps.Step(heartbeat);
                single.Step(heartbeat);
            }

            Assert.Equal(Outputs(single), Outputs(lumps));
            Assert.Equal((single.Term, single.Role, single.TicksUntilAction), (lumps.Term, lumps.Role, lumps.TicksUntilAction));
        }
    }

    [Fact]
    public void A_leader_sends_heartbeats_and_a_learner_only_waits()
    {
        var leader = Node(1, 1, voters: [1]);
        leader.Tick(leader.TicksUntilAction);
        Outputs(leader);
        Assert.Equal((RaftRole.Leader, 1), (leader.Role, leader.TicksUntilAction));

        var learner = Node(9, 1);
        for (var i = 0; i < 50; i++)
        {
            learner.Tick(learner.TicksUntilAction);
        }

        Assert.Equal((RaftRole.Follower, false), (learner.Role, learner.HasOutput));
    }

    private static RaftNode Node(long id, long seed, params long[] voters) =>
        new(id, new RaftOptions(), new DurableLog(RaftSnapshot.Genesis(Membership.Of(voters.Length == 0 ? [1, 2, 3] : voters))), new Randomness(seed).NextInt);

    private static string Outputs(RaftNode node)
    {
        var said = new List<string>();
        while (node.HasOutput)
        {
            var output = node.TakeOutput();
            said.AddRange(output.Messages.Concat(output.AfterWrite).Select(m => m.ToString()));
            node.Advance(output);
        }

        return string.Join('\n', said);
    }
}
