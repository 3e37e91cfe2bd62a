using KubeLab.Api.Core;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;
using KubeLab.Simulated.Masters;
using KubeLab.Simulation;

namespace KubeLab.Tests.Simulated.Masters;

public sealed class StoreMembersTests
{
    private static readonly string[] Three = ["a", "b", "c"];
    private readonly Reachability network = new();
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly StoreMembers store;

    public StoreMembersTests()
    {
        store = new StoreMembers(clock, new Randomness(1), network);
        Three.ToList().ForEach(store.Start);
    }

    // Which run, how the network is parted, which of them answer.
    [Theory]
    [InlineData("a b c", null, "a b c")]
    [InlineData("a b", null, "a b")]
    [InlineData("a", null, "")]
    [InlineData("a b c", "a | b c", "b c")]
    [InlineData("a b c", "c", "a b")]
    [InlineData("a b c", "a | b | c", "")]
    [InlineData("b c", "a b | c", "")]
    public void A_majority_that_reaches_each_other_answers(string running, string? cut, string answering)
    {
        Three.Except(running.Split(' ')).ToList().ForEach(m => store.Stop(m, isKilled: true));
        if (cut is not null)
        {
            network.Part(Sides.Parse(cut, Three));
        }

        Assert.Equal(answering, string.Join(' ', Three.Where(Answers)));
        Assert.Equal(answering.Length > 0, store.HasQuorum);
    }

    [Fact]
    public void A_member_on_the_smaller_side_stands_still_and_catches_up()
    {
        var seen = new Seen();
        store.Of("a").Watch("/x/", 0, seen);
        Put("b", "one");
        network.Part(Sides.Parse("a", Three));
        clock.RunFor(TimeSpan.FromSeconds(3));
        var before = store.Of("a").Revision;
        Put("b", "two");
        Assert.Equal(["one"], seen.Names);
        Assert.Equal(before, store.Of("a").Revision);
        Assert.Equal("etcdserver: request timed out", Assert.Throws<EtcdException>(() => Put("a", "three")).Message);

        network.Heal();
        clock.RunFor(TimeSpan.FromSeconds(3));
        Put("a", "four");
        Assert.Equal(["one", "two", "four"], seen.Names.Except(["three"]));
    }

    [Fact]
    public void A_master_that_is_given_up_is_no_longer_counted_when_the_others_have_agreed()
    {
        store.Stop("c");
        store.Remove("c");
        Assert.Equal(2, store.Cluster.Count);
        store.Stop("b");
        Assert.False(store.HasQuorum);
        store.Remove("b");
        Assert.False(store.HasQuorum);
        Assert.Equal(2, store.Cluster.Count);
    }

    [Fact]
    public void A_member_that_nobody_lets_in_asks_again()
    {
        store.Stop("b", isKilled: true);
        store.Stop("c", isKilled: true);
        store.Start("d");
        Assert.False(store.Of("d").IsAvailable);
        Assert.Equal("etcdserver: request timed out", Assert.Throws<EtcdException>(() => Put("d", "one")).Message);
        clock.RunFor(TimeSpan.FromMinutes(1));
        store.Start("b");
        clock.RunFor(TimeSpan.FromSeconds(20));
        Put("d", "one");
        Assert.Equal(4, store.Cluster.Members().Count(m => !m.IsLearner));
    }

    private bool Answers(string member)
    {
        try
        {
            store.Of(member).Get("/x/");
            return true;
        }
        catch (EtcdException)
        {
            return false;
        }
    }

    private void Put(string member, string name) =>
        store.Of(member).Commit(new Txn($"/x/{name}", 0, new Namespace { Metadata = new() { Name = name } }));

    private sealed class Seen : IEtcdWatcher
    {
        public List<string?> Names { get; } = [];

        public void OnChange(KeyValue change) => Names.Add(change.Value.Metadata.Name);
    }
}
