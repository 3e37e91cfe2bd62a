using KubeLab.Etcd.Raft;

namespace KubeLab.Tests.Etcd.Raft;

public sealed class RaftMemberTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_write_is_acknowledged_and_reaches_everybody(int members)
    {
        var world = new RaftWorld(members);
        var leader = world.AwaitLeader();

        var request = world.Write(leader, "hello");
        world.Run(1);

        Assert.Equal((RaftError.None, leader.Status()!.Term), (request.Error, request.Term));
        Assert.Equal(1, request.Result);
        Assert.All(world.Group.Members, m => Assert.Equal("hello", RaftWorld.Words(m)));
    }

    [Fact]
    public void A_follower_passes_writes_and_reads_on()
    {
        var world = new RaftWorld(3);
        var follower = world.Group.Members.First(m => m != world.AwaitLeader());

        Assert.Equal(RaftError.None, world.Write(follower, "a").Error);
        Assert.Equal(RaftError.None, world.Read(follower).Error);
        Assert.Equal("a", RaftWorld.Words(follower));
    }

    [Fact]
    public void Split_two_and_three_the_minority_serves_nothing_and_healing_loses_nothing()
    {
        var world = new RaftWorld(5);
        var old = world.AwaitLeader();
        world.Write(old, "before");
        var minority = new[] { old, world.Group.Members.First(m => m != old) };
        var majority = world.Group.Members.Except(minority).ToArray();
        world.Network.Partition([.. minority.Select(m => m.Name)], [.. majority.Select(m => m.Name)]);

        var write = old.Propose(new TextCommand("lost"));
        var read = old.ReadIndex();
        world.Run(5);

        var leader = world.Group.Leader!;
        Assert.Contains(leader, majority);
        Assert.Equal(RaftError.None, world.Write(leader, "kept").Error);
        Assert.All(minority, m => Assert.NotEqual(RaftRole.Leader, m.Status()!.Role));
        Assert.All(minority, m => Assert.Equal(RaftError.NoLeader, m.Propose(new TextCommand("no")).Error));
        Assert.All(minority, m => Assert.Equal(RaftError.NoLeader, m.ReadIndex().Error));

        world.Run(5);
        Assert.Equal((RaftError.TimedOut, RaftError.TimedOut), (write.Error, read.Error));

        world.Network.Heal();
        world.Run(5);
        Assert.All(world.Group.Members, m => Assert.Equal("before kept", RaftWorld.Words(m)));
    }

    [Fact]
    public void A_group_whose_power_fails_comes_back_with_everything_acknowledged()
    {
        var world = new RaftWorld(3, options: new RaftOptions { SnapshotEvery = 7, CatchUpEntries = 3 });
        var leader = world.AwaitLeader();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(RaftError.None, world.Write(leader, $"w{i}").Error);
        }

        foreach (var member in world.Group.Members)
        {
            member.Crash();
        }

        Assert.Equal(RaftError.MemberDown, leader.Propose(new TextCommand("x")).Error);
        foreach (var member in world.Group.Members)
        {
            member.Start();
        }

        world.AwaitLeader();
        world.Run(1);
        var all = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"w{i}"));
        Assert.All(world.Group.Members, m => Assert.Equal(all, RaftWorld.Words(m)));
        Assert.All(world.Group.Members, m => Assert.True(m.Status()!.FirstIndex > 10, "the log was compacted"));
    }

    [Fact]
    public void A_follower_that_was_away_too_long_gets_a_snapshot()
    {
        var world = new RaftWorld(3, options: new RaftOptions { SnapshotEvery = 10, CatchUpEntries = 2 });
        var leader = world.AwaitLeader();
        var away = world.Group.Members.First(m => m != leader);
        var snapshots = 0;
        world.Group.Sent = m => snapshots += m.Kind == MessageKind.Snapshot ? 1 : 0;
        away.Crash();
        for (var i = 0; i < 25; i++)
        {
            world.Write(leader, $"w{i}");
        }

        away.Start();
        world.Run(2);

        Assert.Equal(RaftWorld.Words(leader), RaftWorld.Words(away));
        Assert.Equal(1, snapshots);
    }

    [Fact]
    public void A_member_joins_as_learner_is_promoted_and_a_voter_leaves()
    {
        var world = new RaftWorld(3);
        world.Write(world.AwaitLeader(), "a");
        var fourth = world.Group.Join("m4");

        Assert.Equal(RaftError.None, world.Change(MembershipChangeKind.AddLearner, fourth.Id).Error);
        world.Run(1);
        Assert.Equal("a", RaftWorld.Words(fourth));
        Assert.Equal(RaftError.None, world.Change(MembershipChangeKind.AddVoter, fourth.Id).Error);
        var leaving = world.Group.Leader!;
        world.Change(MembershipChangeKind.Remove, leaving.Id);
        world.Run(3);

        var leader = world.AwaitLeader();
        Assert.NotEqual(leaving, leader);
        Assert.Equal(3, leader.Status()!.Membership.Voters.Count);
        Assert.Equal(RaftError.None, world.Write(leader, "b").Error);
        Assert.Equal("a", RaftWorld.Words(leaving));
    }

    [Fact]
    public void Changes_of_the_membership_come_one_at_a_time()
    {
        var world = new RaftWorld(3);
        var leader = world.AwaitLeader();

        var first = leader.Propose(new MembershipChange(MembershipChangeKind.AddLearner, 4));
        var second = leader.Propose(new MembershipChange(MembershipChangeKind.AddLearner, 5));
        world.Run(1);

        Assert.Equal(RaftError.None, first.Error);
        Assert.Equal((RaftError.Dropped, ProposeResult.ChangePending), (second.Error, second.Refusal));
    }

    [Fact]
    public void A_transfer_changes_the_leader_without_waiting_for_a_time_out()
    {
        var world = new RaftWorld(3);
        var old = world.AwaitLeader();
        var next = world.Group.Members.First(m => m != old);

        old.TransferLeadership(next.Id);

        Assert.True(world.Clock.RunUntil(() => world.Group.Leader == next, TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public void A_slow_disk_of_a_follower_slows_nobody_and_that_of_the_leader_everybody()
    {
        var world = new RaftWorld(3);
        var leader = world.AwaitLeader();
        TimeSpan Latency()
        {
            var before = world.Clock.Now;
            world.Write(leader, "w");
            return world.Clock.Now - before;
        }

        world.Group.Members.First(m => m != leader).Disk.Slowdown = 40;
        Assert.True(Latency() < TimeSpan.FromMilliseconds(15), "the other follower is enough");

        // The leader's own disk does not count until it is done, but two followers are a majority without it.
        foreach (var member in world.Group.Members)
        {
            member.Disk.Slowdown = 40;
        }

        Assert.True(Latency() > TimeSpan.FromMilliseconds(25));
    }

    [Fact]
    public void What_waits_to_be_committed_is_bounded()
    {
        var world = new RaftWorld(3, options: new RaftOptions { UncommittedBytesMax = 100 });
        var leader = world.AwaitLeader();

        var requests = Enumerable.Range(0, 6).Select(i => leader.Propose(new TextCommand($"w{i}", 20))).ToArray();
        world.Run(1);

        Assert.Equal(2, requests.Count(r => r.Error == RaftError.None));
        Assert.Equal(4, requests.Count(r => r is { Error: RaftError.Dropped, Refusal: ProposeResult.TooMuchUncommitted }));
        Assert.Equal(RaftError.None, world.Write(leader, "again").Error);
    }

    [Fact]
    public void A_message_that_arrives_twice_writes_once()
    {
        var world = new RaftWorld(3);
        var follower = world.Group.Members.First(m => m != world.AwaitLeader());
        world.Network.Profile = world.Network.Profile with { Duplication = 1 };

        for (var i = 0; i < 10; i++)
        {
            world.Write(follower, $"w{i}");
        }

        Assert.Equal(string.Join(' ', Enumerable.Range(0, 10).Select(i => $"w{i}")), RaftWorld.Words(follower));
    }

    [Fact]
    public void A_quiet_group_costs_its_heartbeats_only()
    {
        var world = new RaftWorld(3);
        world.AwaitLeader();
        world.Run(1);
        var (events, syncs) = (world.Clock.EventsRun, world.Group.Members.Sum(m => m.Disk.Syncs));

        world.Run(600);

        // Ten times a second: the leader's tick, two heartbeats, two answers; a follower wakes about once in an election time-out.
        var perSecond = (world.Clock.EventsRun - events) / 600.0;
        Assert.InRange(perSecond, 50, 53);
        Assert.Equal(syncs, world.Group.Members.Sum(m => m.Disk.Syncs));
    }

    [Fact]
    public void Status_tells_what_the_leader_knows_of_each_follower()
    {
        var world = new RaftWorld(3);
        var leader = world.AwaitLeader();
        var away = world.Group.Members.First(m => m != leader);
        away.Crash();
        world.Write(leader, "a");
        world.Run(3);

        var status = leader.Status()!;
        Assert.Equal(3, status.Followers.Count);
        Assert.Equal(status.LastIndex - 1, status.Followers.Single(f => f.Id == away.Id).Match);
        Assert.All(status.Followers.Where(f => f.Id != away.Id), f => Assert.Equal(status.LastIndex, f.Match));
        Assert.Null(away.Status());
    }
}
