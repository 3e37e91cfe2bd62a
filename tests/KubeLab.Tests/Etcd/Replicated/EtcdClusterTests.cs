using System.Globalization;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;
using KubeLab.Etcd.Replicated;

namespace KubeLab.Tests.Etcd.Replicated;

public sealed class EtcdClusterTests
{
    private const string TimedOut = "etcdserver: request timed out";

    [Fact]
    public void A_write_at_any_member_is_read_at_every_other_in_the_same_instant()
    {
        var f = new EtcdFixture(3);
        for (var i = 1; i <= 3; i++)
        {
            f.Etcd = f.At(i);
            f.Put("/registry/a/x", $"from {i}");
            Assert.All(Enumerable.Range(1, 3), other => Assert.Equal([$"/registry/a/x=from {i}"], EtcdFixture.Under(f.At(other), "/registry/a/")));
        }
    }

    [Fact]
    public void All_members_hold_the_same_instance()
    {
        var f = new EtcdFixture(3);
        f.Put("/registry/a/x", "one", f.Etcd.GrantLease(TimeSpan.FromMinutes(1)));
        f.Put("/registry/a/y", "two");
        Assert.All(Enumerable.Range(2, 2), i => Assert.Same(f.At(1).Get("/registry/a/x")!.Value, f.At(i).Get("/registry/a/x")!.Value));

        f.Delete("/registry/a/y");
        f.Run(61);
        var told = Enumerable.Range(1, 3).Select(i => Told(f.At(i), 3)).ToArray();
        Assert.Equal(["/registry/a/y@4 gone", "/registry/a/x@5 gone"], told[0].Select(c => $"{c.Key}@{c.ModRevision} {(c.IsDeleted ? "gone" : "")}"));
        Assert.Equal(told[0].Select(c => c.Value), told[1].Select(c => c.Value), ReferenceEqualityComparer.Instance);
        Assert.Equal(told[0].Select(c => c.Value), told[2].Select(c => c.Value), ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void A_write_takes_a_disk_and_a_round_trip()
    {
        var (one, three) = (new EtcdFixture(1), new EtcdFixture(3));
        Assert.InRange(Median(one), 1, 3);
        Assert.InRange(Median(three), 1.5, 4);

        static double Median(EtcdFixture f)
        {
            var times = new List<double>();
            for (var i = 0; i < 99; i++)
            {
                f.Put("/registry/a/x", $"{i}");
                times.Add(f.Etcd.LastLatency.TotalMilliseconds);
                f.Run(0.1);
            }

            times.Sort();
            return times[49];
        }
    }

    [Fact]
    public void A_thousand_writes_of_one_instant_do_not_put_the_members_ahead()
    {
        var f = new EtcdFixture(3);
        for (var i = 0; i < 1000; i++)
        {
            f.Put($"/registry/a/{i}", "x");
            Assert.InRange(f.Etcd.LastLatency.TotalMilliseconds, 0.5, 50);
        }

        Assert.Equal(f.Clock.Now, f.Cluster.MembersNow);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_quiet_day_costs_no_events(int members)
    {
        var f = new EtcdFixture(members);
        f.Put("/registry/a/x", "one");
        f.Run(10);
        var before = f.Clock.EventsRun;
        f.Run(86400);
        Assert.Equal(before, f.Clock.EventsRun);
        f.Put("/registry/a/x", "two");
        Assert.InRange(f.Etcd.LastLatency.TotalMilliseconds, 0.5, 50);
        Assert.All(f.Cluster.Members(), m => Assert.Equal(f.Cluster.Members()[0].Term, m.Term));
    }

    [Fact]
    public void A_minority_answers_nobody_and_the_majority_goes_on()
    {
        var f = new EtcdFixture(5);
        f.Put("/registry/a/x", "before");
        var minority = new[] { f.Leader, f.Follower() };
        var majority = Enumerable.Range(1, 5).Select(f.At).Except(minority).ToArray();
        f.Cluster.Partition([.. minority.Select(m => m.Name)], [.. majority.Select(m => m.Name)]);

        foreach (var member in minority)
        {
            Assert.Equal(TimedOut, Assert.Throws<EtcdException>(() => member.Get("/registry/a/x")).Message);
            Assert.Equal(TimedOut, Assert.Throws<EtcdException>(() => Put(member, "/registry/a/lost", "x")).Message);
            Assert.Single(member.Range("/registry/a/", "/registry/b/", serializable: true).Items);
            Assert.Equal(TimeSpan.FromSeconds(7), member.LastLatency);
        }

        f.Run(3);
        Put(majority[0], "/registry/a/y", "meanwhile");
        Assert.Equal(["/registry/a/x=before", "/registry/a/y=meanwhile"], EtcdFixture.Under(majority[2], "/registry/a/"));
        f.Run(3600);
        Assert.Throws<EtcdException>(() => minority[0].Get("/registry/a/x"));

        f.Cluster.Heal();
        f.Run(3);
        Assert.All(f.Cluster.Members(), m => Assert.Equal(f.Cluster.Revision, f.Cluster.Member(m.Name).Revision));
        Assert.Equal(["/registry/a/x=before", "/registry/a/y=meanwhile"], EtcdFixture.Under(minority[0], "/registry/a/"));
        Put(minority[1], "/registry/a/z", "after");
        Assert.Equal(3, EtcdFixture.Under(majority[1], "/registry/a/").Count);
    }

    [Fact]
    public void A_watch_at_a_member_that_was_apart_goes_on_where_it_stood()
    {
        var f = new EtcdFixture(3);
        var apart = f.Follower();
        var told = new List<string>();
        apart.Watch("/registry/a/", 1, new Teller(told));
        f.Cluster.Partition([apart.Name], [.. Enumerable.Range(1, 3).Select(f.At).Where(m => m != apart).Select(m => m.Name)]);
        f.Etcd = f.Leader;
        for (var i = 0; i < 10; i++)
        {
            f.Put("/registry/a/x", $"{i}");
            f.Run(1);
        }

        Assert.Empty(told);
        f.Cluster.Heal();
        f.Run(5);
        Assert.Equal(Enumerable.Range(2, 10).Select(r => $"x@{r}"), told);
    }

    [Theory]
    [InlineData(2000, false)]
    [InlineData(5, true)]
    public void Who_was_away_for_too_long_gets_a_snapshot_with_as_much_history_as_there_is(int historyMax, bool isLost)
    {
        var options = new EtcdOptions { HistoryMax = historyMax };
        var f = new EtcdFixture(3, options with { Raft = options.Raft with { SnapshotEvery = 20, CatchUpEntries = 5 } });
        var away = f.Follower();
        var told = new List<string>();
        f.Etcd = f.Leader;
        var lease = f.Etcd.GrantLease(TimeSpan.FromHours(1));
        f.Put("/registry/a/kept", "k", lease);
        f.Put("/registry/a/gone", "g");
        away.Watch("/registry/a/", away.Revision, new Teller(told));
        away.WatchesLost += () => told.Add("lost");
        f.Cluster.Crash(away.Name);
        for (var i = 0; i < 100; i++)
        {
            f.Put("/registry/a/x", $"{i}");
        }

        f.Delete("/registry/a/gone");
        f.Run(10);
        f.Cluster.Start(away.Name);
        f.Run(10);
        Assert.Equal(EtcdFixture.Under(f.Etcd, "/registry/"), EtcdFixture.Under(away, "/registry/"));
        Assert.Equal((f.Etcd.Revision, f.Etcd.CompactedRevision), (away.Revision, away.CompactedRevision));
        if (isLost)
        {
            Assert.Equal("lost", told[^1]);
            return;
        }

        Assert.Equal(101, told.Count);
        Assert.Equal("gone gone@104", told[^1]);
        for (var revision = f.Etcd.CompactedRevision + 1; revision <= f.Etcd.Revision; revision++)
        {
            Assert.Equal(EtcdFixture.Under(f.Etcd, "/registry/", revision), EtcdFixture.Under(away, "/registry/", revision));
        }

        // It knows the lease too.
        f.Cluster.Crash(f.Etcd.Name);
        f.Run(3);
        away.RevokeLease(lease);
        Assert.Null(away.Get("/registry/a/kept"));
    }

    [Fact]
    public void A_member_that_is_down_answers_nothing_and_keeps_what_it_holds()
    {
        var f = new EtcdFixture();
        f.Put("/registry/a/x", "one");
        f.Etcd.Stop();
        Assert.Equal(TimedOut, Assert.Throws<EtcdException>(() => f.Etcd.Get("/registry/a/x")).Message);

        f.Etcd.Start();
        Assert.Equal(["/registry/a/x=one"], f.Under("/registry/a/"));
    }

    [Fact]
    public void Leases_begin_anew_when_there_is_a_new_leader()
    {
        foreach (var members in new[] { 1, 3 })
        {
            var f = new EtcdFixture(members);
            f.Put("/registry/a/x", "one", f.Etcd.GrantLease(TimeSpan.FromMinutes(1)));
            f.Run(50);
            var old = f.Leader;
            f.Cluster.Crash(old.Name);
            if (members == 1)
            {
                f.Run(300);
                f.Cluster.Start(old.Name);
            }

            f.Etcd = members == 1 ? old : f.At(old.Name == "master-2" ? 3 : 2);
            f.Run(59);
            Assert.NotNull(f.Etcd.Get("/registry/a/x"));

            // A minute, an election, and an election time-out in reserve.
            f.Run(6);
            Assert.Null(f.Etcd.Get("/registry/a/x"));
        }
    }

    [Fact]
    public void Members_join_one_by_one_and_leave()
    {
        var f = new EtcdFixture();
        f.Put("/registry/a/x", "one");
        for (var i = 2; i <= 5; i++)
        {
            Assert.False(f.Cluster.Add($"master-{i}").Status().IsLearner);
            Assert.Equal(["/registry/a/x=one"], EtcdFixture.Under(f.At(i), "/registry/a/"));
        }

        f.Cluster.Remove("master-1");
        f.Run(5);
        f.Etcd = f.At(2);
        f.Put("/registry/a/x", "two");
        Assert.Equal(["/registry/a/x=two"], EtcdFixture.Under(f.At(5), "/registry/a/"));
        Assert.Contains("no member of the store is on master-1: there are master-2,", Assert.Throws<ArgumentException>(() => f.At(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leader_that_is_stopped_hands_over_first()
    {
        var f = new EtcdFixture(3);
        var (old, follower) = (f.Leader, f.Follower());
        f.Cluster.Stop(old.Name);
        Put(follower, "/registry/a/x", "one");
        Assert.InRange(follower.LastLatency.TotalMilliseconds, 0.5, 50);
        Assert.NotEqual(old, f.Leader);
    }

    [Fact]
    public void What_was_passed_on_to_a_leader_that_is_dead_is_lost_and_said_to_be()
    {
        var f = new EtcdFixture(3);
        var follower = f.Follower();
        f.Cluster.Crash(f.Leader.Name);
        Assert.False(follower.IsReady);

        var refusal = Assert.Throws<EtcdException>(() => Put(follower, "/registry/a/x", "one"));
        Assert.Equal("etcdserver: request timed out, possibly due to previous leader failure", refusal.Message);
        Assert.InRange((f.Cluster.MembersNow - f.Clock.Now).TotalSeconds, 0.9, 3);

        // Whoever asks half a second later waits for the rest of the election.
        f.Run(0.5);
        Assert.Null(follower.Get("/registry/a/x"));
        Assert.InRange(follower.LastLatency.TotalSeconds, 0.3, 2.5);
        f.Run(3);
        Assert.True(follower.IsReady);
        Put(follower, "/registry/a/x", "two");
        Assert.InRange(follower.LastLatency.TotalMilliseconds, 0.5, 50);
    }

    [Fact]
    public void A_slow_disk_of_the_leader_slows_every_write_and_a_followers_none()
    {
        var f = new EtcdFixture(3);
        f.Etcd = f.Leader;
        f.Cluster.SlowDisk(f.Follower().Name, TimeSpan.FromMilliseconds(200));
        Assert.InRange(Mean(), 1, 20);

        f.Cluster.SlowDisk(f.Follower().Name, null);
        // The two others are a majority, but a leader looks at nothing while it waits for its disk.
        f.Cluster.SlowDisk(f.Leader.Name, TimeSpan.FromMilliseconds(200));
        Assert.InRange(Mean(), 80, 500);

        double Mean()
        {
            var sum = 0.0;
            for (var i = 0; i < 20; i++)
            {
                f.Put("/registry/a/x", i.ToString(CultureInfo.InvariantCulture));
                sum += f.Etcd.LastLatency.TotalMilliseconds;
                f.Run(1);
            }

            return sum / 20;
        }
    }

    private static KeyValue Put(IEtcd etcd, string key, string text) => etcd.Commit(new Txn(key, 0, EtcdFixture.Value(text))).Current!;

    private static List<KeyValue> Told(RaftEtcd etcd, long after)
    {
        var changes = new List<KeyValue>();
        etcd.Watch("/registry/", after, new Collector(changes)).Dispose();
        return changes;
    }

    private sealed class Collector(List<KeyValue> changes) : IEtcdWatcher
    {
        public void OnChange(KeyValue change) => changes.Add(change);
    }

    private sealed class Teller(List<string> told) : IEtcdWatcher
    {
        public void OnChange(KeyValue change) => told.Add($"{change.Key[(change.Key.LastIndexOf('/') + 1)..]}{(change.IsDeleted ? " gone" : "")}@{change.ModRevision}");
    }
}
