using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Raft.Observing;
using KubeLab.Simulation.Networking;

namespace KubeLab.Tests.Etcd.Raft.Observing;

public sealed class WriteTraceTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_write_goes_out_to_all_and_is_committed_with_the_answer_that_makes_a_majority(int members)
    {
        var (world, leader, trace) = Begin(members);
        world.Write(leader, "hello");
        world.Run(1);

        Assert.True(trace.IsOver);
        Assert.Equal((leader.Id, leader.Status()!.LastIndex), (trace.Leader, trace.Index));
        var appends = trace.Messages.Where(m => m.Step == WriteStep.Append).ToList();
        Assert.Equal(Others(world, leader), appends.Select(m => m.To).Order());
        Assert.All(appends, m => Assert.Equal((leader.Id, trace.ProposedAt), (m.From, m.SentAt)));
        var answers = trace.Messages.Where(m => m.Step == WriteStep.Acknowledge).ToList();
        Assert.Equal(Others(world, leader), answers.Select(m => m.From).Order());

        // A promise leaves when the disk has it.
        Assert.All(answers, m => Assert.Equal(trace.Syncs.Single(s => s.Member == m.From).To, m.SentAt));
        var safe = answers.Select(m => m.ReceivedAt!.Value).Append(trace.Syncs.Single(s => s.Member == leader.Id).To!.Value).Order().ToList();
        Assert.True(trace.CommittedAt >= safe[members / 2], "a majority has it when it is committed");
        Assert.True(trace.AcknowledgedAt >= trace.CommittedAt);
        Assert.Equal(members, trace.AppliedAt.Count);
        Assert.All(trace.Messages, m => Assert.True(m.ReceivedAt > m.SentAt));
        Assert.Equal(Others(world, leader), trace.Messages.Where(m => m.Step == WriteStep.Commit).Select(m => m.To).Order());
    }

    [Fact]
    public void A_write_at_a_follower_is_passed_on_to_the_leader_and_answered_where_it_was_made()
    {
        var (world, leader, trace) = Begin(3);
        var follower = world.Group.Members.First(m => m != leader);
        world.Write(follower, "hello");
        world.Run(1);
        var first = trace.Messages[0];
        Assert.Equal((WriteStep.Propose, follower.Id, leader.Id), (first.Step, first.From, first.To));
        Assert.Equal(leader.Id, trace.Leader);
        Assert.Equal(trace.AppliedAt[follower.Id], trace.AcknowledgedAt);
    }

    [Fact]
    public void What_is_sent_to_a_member_that_is_down_never_arrives()
    {
        var (world, leader, trace) = Begin(3);
        var dead = world.Group.Members.Last(m => m != leader);
        dead.Crash();
        world.Write(leader, "hello");
        world.Run(0.05);
        Assert.Null(trace.Messages.Single(m => m.Step == WriteStep.Append && m.To == dead.Id).ReceivedAt);
        Assert.NotNull(trace.CommittedAt);
        Assert.Equal([dead.Id], trace.Downs.Select(d => d.Member));
        Assert.True(trace.IsOver);
    }

    [Fact]
    public void A_lost_entry_is_sent_again()
    {
        var (world, leader, trace) = Begin(3);
        var deaf = world.Group.Members.Last(m => m != leader);
        var link = world.Network.Link(leader.Name, deaf.Name);
        link.Profile = LinkProfile.SameZone with { Loss = 1 };
        leader.Propose(new TextCommand("hello"));
        world.Run(0.02);
        link.Profile = LinkProfile.SameZone;
        world.Run(1);
        var appends = trace.Messages.Where(m => m.Step == WriteStep.Append && m.To == deaf.Id).ToList();
        Assert.Null(appends[0].ReceivedAt);
        Assert.NotNull(appends[^1].ReceivedAt);
        Assert.True(trace.IsOver);
    }

    [Fact]
    public void Without_a_majority_nothing_is_committed()
    {
        var (world, leader, trace) = Begin(3);
        foreach (var other in world.Group.Members.Where(m => m != leader))
        {
            other.Crash();
        }

        leader.Propose(new TextCommand("hello"));
        world.Run(0.5);
        Assert.True(trace.HasBegun);
        Assert.Null(trace.CommittedAt);
        Assert.Null(trace.AcknowledgedAt);
        Assert.False(trace.IsOver);
        Assert.Equal(2, trace.Messages.Count(m => m.Step == WriteStep.Append));
    }

    [Fact]
    public void Another_entry_at_the_same_place_is_not_taken_for_it()
    {
        var (world, leader, trace) = Begin(5);
        var (two, three) = (new[] { leader.Name, world.Group.Members.First(m => m != leader).Name }, new List<string>());
        three.AddRange(world.Group.Members.Select(m => m.Name).Except(two));
        world.Network.Partition(two, three);
        leader.Propose(new TextCommand("lost"));
        world.Run(10);
        var newer = world.Group.Leader!;
        world.Write(newer, "kept");
        Assert.Contains(newer.Name, three);
        Assert.True(newer.Status()!.LastIndex >= trace.Index);
        Assert.All(trace.Messages, m => Assert.Contains(world.Group[m.From].Name, two));
        Assert.Null(trace.CommittedAt);
    }

    [Fact]
    public void A_group_of_one_needs_its_disk_alone()
    {
        var (world, leader, trace) = Begin(1);
        world.Write(leader, "hello");
        Assert.Empty(trace.Messages);
        Assert.Equal(trace.Syncs.Single().To, trace.CommittedAt);
        Assert.True(trace.IsOver);
    }

    [Fact]
    public void Only_the_write_that_is_wanted_is_followed()
    {
        var world = new RaftWorld(3);
        var leader = world.AwaitLeader();
        var trace = RaftJournal.Keep(world.Group).TraceNextWrite(command => command is TextCommand { Text: "wanted" });
        world.Write(leader, "other");
        Assert.False(trace.HasBegun);
        var wanted = world.Write(leader, "wanted");
        world.Run(1);
        world.Write(leader, "later");
        Assert.Equal(wanted.Index, trace.Index);
        Assert.Equal(2, trace.Messages.Count(m => m.Step == WriteStep.Append));
    }

    private static (RaftWorld World, RaftMember Leader, WriteTrace Trace) Begin(int members)
    {
        var world = new RaftWorld(members);
        var leader = world.AwaitLeader();
        world.Run(0.5);
        return (world, leader, RaftJournal.Keep(world.Group).TraceNextWrite());
    }

    private static IEnumerable<long> Others(RaftWorld world, RaftMember leader) => world.Group.Members.Where(m => m != leader).Select(m => m.Id);
}
