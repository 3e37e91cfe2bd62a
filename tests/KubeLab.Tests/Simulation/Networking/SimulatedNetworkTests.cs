using KubeLab.Simulation;
using KubeLab.Simulation.Networking;

namespace KubeLab.Tests.Simulation.Networking;

public sealed class SimulatedNetworkTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SimulatedNetwork network;

    public SimulatedNetworkTests() => network = new SimulatedNetwork(clock, new Randomness(1));

    [Fact]
    public void A_healthy_link_brings_everything_once_and_in_order()
    {
        Assert.Equal(Enumerable.Range(0, 1000), SendMany(LinkProfile.SameZone with { Variation = 2 }));
    }

    [Fact]
    public void Loss_duplication_and_reordering_happen_as_often_as_told()
    {
        Assert.InRange(SendMany(new LinkProfile { Loss = 0.2 }).Count, 740, 860);
        Assert.InRange(SendMany(new LinkProfile { Duplication = 0.2 }).Count, 1140, 1260);
        Assert.NotEqual(Enumerable.Range(0, 1000), SendMany(new LinkProfile { Reordering = 0.2 }));
    }

    [Fact]
    public void The_latency_has_its_mean()
    {
        var before = clock.Now;
        double total = 0;
        network.Profile = new LinkProfile { Latency = TimeSpan.FromMilliseconds(3), Variation = 0.5, Reordering = 1, ReorderingDelay = TimeSpan.Zero };
        for (var i = 0; i < 2000; i++)
        {
            network.Link("a", "b").Send(() => total += (clock.Now - before).TotalMilliseconds);
        }

        clock.RunFor(TimeSpan.FromSeconds(10));
        Assert.InRange(total / 2000, 2.9, 3.1);
    }

    [Fact]
    public void A_cut_is_one_sided_and_takes_what_is_under_way()
    {
        var arrived = new List<string>();
        network.Link("a", "b").Send(() => arrived.Add("under way"));
        network.Cut("a", "b");
        network.Link("a", "b").Send(() => arrived.Add("after the cut"));
        network.Link("b", "a").Send(() => arrived.Add("back"));
        clock.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(["back"], arrived);
        Assert.Equal((2L, 2L), (network.Link("a", "b").Sent, network.Link("a", "b").Lost));
    }

    [Fact]
    public void A_partition_cuts_between_groups_only_until_it_is_healed()
    {
        network.Partition(["a", "b"], ["c"]);
        Assert.True(network.Link("a", "c").IsCut && network.Link("c", "b").IsCut);
        Assert.False(network.Link("a", "b").IsCut || network.Link("a", "d").IsCut);

        network.Heal();
        Assert.DoesNotContain(network.Links, l => l.IsCut);
    }

    private List<int> SendMany(LinkProfile profile)
    {
        network.Profile = profile;
        var arrived = new List<int>();
        for (var i = 0; i < 1000; i++)
        {
            var number = i;
            clock.After(TimeSpan.FromMilliseconds(i), () => network.Link("a", "b").Send(() => arrived.Add(number)));
        }

        clock.RunFor(TimeSpan.FromSeconds(2));
        return arrived;
    }
}
