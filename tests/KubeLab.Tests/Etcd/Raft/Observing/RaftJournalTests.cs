using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Raft.Observing;

namespace KubeLab.Tests.Etcd.Raft.Observing;

public sealed class RaftJournalTests
{
    [Fact]
    public void A_killed_leader_is_missed_and_a_new_one_elected()
    {
        var world = new RaftWorld(3);
        var leader = world.AwaitLeader();
        var journal = RaftJournal.Keep(world.Group);
        leader.Crash();
        var next = world.AwaitLeader();

        var kinds = journal.Events.Where(e => e.At > journal.Since || e.Kind is RaftEventKind.Down or RaftEventKind.LeaderLost).Select(e => e.Kind).ToList();
        Assert.Equal([RaftEventKind.Down, RaftEventKind.LeaderLost, RaftEventKind.Campaigns], kinds[..3]);
        Assert.Contains(journal.Events, e => e.Kind == RaftEventKind.Leads && e.Member == next.Id && e.Term == next.Status()!.Term && e.At > journal.Since);
        Assert.DoesNotContain(journal.Events, e => e.Kind == RaftEventKind.QuorumLost);
    }

    [Fact]
    public void A_journal_begins_with_what_members_are()
    {
        var world = new RaftWorld(3);
        var leader = world.AwaitLeader();
        world.Group.Members.First(m => m != leader).Crash();
        var spans = RaftJournal.Keep(world.Group);
        world.Run(1);
        Assert.Equal(
            [MemberState.Leader, MemberState.Follower, MemberState.Down],
            spans.Spans().Select(s => s.State).OrderByDescending(s => s));
    }

    [Fact]
    public void The_majority_is_lost_with_the_second_of_three_and_regained_with_its_return()
    {
        var world = new RaftWorld(3);
        world.AwaitLeader();
        var journal = RaftJournal.Keep(world.Group);
        world.Run(1);
        world.Group[1].Crash();
        world.Run(1);
        world.Group[2].Crash();
        var lost = world.Clock.Now;
        world.Run(10);
        world.Group[2].Start();
        var regained = world.Clock.Now;
        world.Run(5);
        Assert.Equal([(lost, regained)], journal.WithoutQuorum());
        Assert.Contains("2 of 3 are needed", journal.Events.Single(e => e.Kind == RaftEventKind.QuorumLost).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_divided_network_is_told_by_its_sides()
    {
        var world = new RaftWorld(5);
        world.AwaitLeader();
        var journal = RaftJournal.Keep(world.Group);
        world.Run(1);
        world.Network.Partition(["m1", "m2"], ["m3", "m4", "m5"]);
        var cut = world.Clock.Now;
        world.Run(5);
        world.Network.Heal();
        var mended = world.Clock.Now;
        world.Run(5);
        var told = journal.Events.Where(e => e.Kind == RaftEventKind.Network).ToList();
        Assert.Equal([(cut, "the network is cut: m1 m2 | m3 m4 m5"), (mended, "the network is whole")], told.Select(e => (e.At, e.Text)));
        Assert.Empty(journal.WithoutQuorum());
    }

    [Fact]
    public void A_cut_that_no_member_has_noticed_yet_has_the_time_at_which_it_was_made()
    {
        var world = new RaftWorld(3);
        world.AwaitLeader();
        var journal = RaftJournal.Keep(world.Group);
        var cut = world.Clock.Now;
        world.Network.Partition(["m1"], ["m2"], ["m3"]);
        Assert.Equal((cut, RaftEventKind.QuorumLost), (journal.Events.Last().At, journal.Events.Last().Kind));
        world.Run(3);
        Assert.Equal([(cut, world.Clock.Now)], journal.WithoutQuorum());
    }

    [Fact]
    public void A_one_sided_cut_divides_nobody_and_is_told_by_its_link()
    {
        var world = new RaftWorld(3);
        world.AwaitLeader();
        var journal = RaftJournal.Keep(world.Group);
        world.Network.Cut("m1", "m2");
        Assert.Equal("the network is cut: m1→m2", journal.Events.Last().Text);
    }

    [Fact]
    public void A_change_of_the_membership_is_told_once()
    {
        var world = new RaftWorld(3);
        world.AwaitLeader();
        var journal = RaftJournal.Keep(world.Group);
        var joined = world.Group.Join("m4");
        world.Change(MembershipChangeKind.AddLearner, joined.Id);
        world.Run(1);
        world.Change(MembershipChangeKind.AddVoter, joined.Id);
        world.Run(1);
        Assert.Equal(
            ["the group is now (1 2 3) learners (4)", "the group is now (1 2 3 4)"],
            journal.Events.Where(e => e.Kind == RaftEventKind.Membership).Select(e => e.Text));
    }

    /// <summary>What is watched does not change: not one message, disk write or event of the clock.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_group_does_the_same_with_and_without_a_journal(long seed)
    {
        Assert.Equal(Story(seed, watched: false), Story(seed, watched: true));

        static string Story(long seed, bool watched)
        {
            var world = new RaftWorld(5, seed);
            var journal = watched ? RaftJournal.Keep(world.Group) : null;
            journal?.TraceNextWrite();
            Trouble(world);
            var links = string.Join(' ', world.Network.Links.Select(l => $"{l.From}>{l.To}:{l.Sent}/{l.Lost}"));
            var members = string.Join(' ', world.Group.Members.Select(m => $"{m.Status()!.Role}/{m.Status()!.Term}/{m.Status()!.Applied}/{m.Disk.Syncs}"));
            return $"{links} {members} {world.Clock.EventsRun}";
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Spans_cover_all_the_time_of_each_member_and_no_term_has_two_leaders(long seed)
    {
        var world = new RaftWorld(5, seed);
        var journal = RaftJournal.Keep(world.Group);
        Trouble(world);
        var spans = journal.Spans();
        Assert.Equal(5, spans.Select(s => s.Member).Distinct().Count());
        foreach (var ofMember in spans.GroupBy(s => s.Member))
        {
            List<MemberSpan> own = [.. ofMember];
            Assert.Equal(journal.Since, own[0].From);
            Assert.Equal(world.Clock.Now, own[^1].To);
            Assert.All(own.Zip(own.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        }

        Assert.All(spans.Where(s => s.State == MemberState.Leader).GroupBy(s => s.Term), term => Assert.Single(term.Select(s => s.Member).Distinct()));
        Assert.Contains(spans, s => s.State == MemberState.Candidate);
        Assert.Contains(spans, s => s.State == MemberState.Down);
    }

    [Fact]
    public void Of_a_long_story_the_newest_events_are_kept()
    {
        var world = new RaftWorld(3);
        var journal = RaftJournal.Keep(world.Group, capacity: 10);
        for (var i = 0; i < 30; i++)
        {
            world.Group[1].Crash();
            world.Run(0.1);
            world.Group[1].Start();
            world.Run(0.1);
        }

        Assert.Equal(10, journal.Events.Count);
        Assert.True(journal.Forgotten > 40);
        Assert.True(journal.Events.Last().At > world.Clock.Now - TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void After_its_end_nothing_more_is_written_down()
    {
        var world = new RaftWorld(3);
        world.AwaitLeader();
        var journal = RaftJournal.Keep(world.Group);
        Assert.Same(journal, RaftJournal.Keep(world.Group));
        journal.Stop();
        var before = journal.Events.Count;
        world.Network.Partition(["m1"], ["m2", "m3"]);
        world.Group[2].Crash();
        world.Run(5);
        Assert.Equal(before, journal.Events.Count);
        Assert.Null(world.Group.Journal);
    }

    private static void Trouble(RaftWorld world)
    {
        var load = world.Clock.Every(TimeSpan.FromMilliseconds(50), () => world.Group.Leader?.Propose(new TextCommand("w")));
        world.Run(4);
        world.Group.Leader!.Crash();
        world.Run(4);
        world.Network.Partition(["m1", "m2"], ["m3", "m4", "m5"]);
        world.Run(5);
        foreach (var member in world.Group.Members)
        {
            member.Start();
        }

        world.Network.Heal();
        world.Run(5);
        foreach (var id in new[] { 1, 3, 5 })
        {
            world.Group[id].Crash();
        }

        world.Run(5);
        foreach (var id in new[] { 1, 3, 5 })
        {
            world.Group[id].Start();
        }

        world.Run(5);
        load.Cancel();
    }
}
