using KubeLab.Controllers.NodeLifecycle;

namespace KubeLab.Tests.Controllers.NodeLifecycle;

public sealed class ZonesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3, 0, ZoneState.Normal)]
    [InlineData(1, 2, ZoneState.Normal)]
    [InlineData(3, 3, ZoneState.Normal)]
    [InlineData(2, 3, ZoneState.PartialDisruption)]
    [InlineData(9, 11, ZoneState.PartialDisruption)]
    [InlineData(0, 1, ZoneState.FullDisruption)]
    [InlineData(0, 0, ZoneState.Normal)]
    public void A_zone_is_unwell_when_more_than_two_and_at_least_55_percent_are_silent(int ready, int notReady, ZoneState state) =>
        Assert.Equal(state, Zones.Judge(ready, notReady, 0.55));

    [Theory]
    [InlineData(ZoneState.Normal, 10, 0.1)]
    [InlineData(ZoneState.FullDisruption, 10, 0.1)]
    [InlineData(ZoneState.PartialDisruption, 50, 0)]
    [InlineData(ZoneState.PartialDisruption, 51, 0.01)]
    public void An_unwell_zone_evicts_slowly_and_a_small_one_not_at_all(ZoneState state, int nodes, double rate) =>
        Assert.Equal(rate, Zones.EvictionRate(state, nodes, NodeLifecycleOptions.Default));

    [Fact]
    public void Nodes_are_let_through_one_in_ten_seconds()
    {
        var queue = new EvictionQueue(0.1, Start);
        Assert.True(queue.Add("a"));
        Assert.True(queue.Add("b"));
        Assert.False(queue.Add("a"));
        Assert.Equal("a", queue.TryTake(Start));
        Assert.Null(queue.TryTake(Start.AddSeconds(9.9)));
        Assert.Equal("b", queue.TryTake(Start.AddSeconds(10)));
        Assert.False(queue.Add("a"));
        queue.Remove("a");
        Assert.True(queue.Add("a"));
    }

    [Fact]
    public void A_rate_of_zero_lets_nobody_through()
    {
        var queue = new EvictionQueue(0.1, Start);
        queue.Limit(0, Start);
        queue.Add("a");
        Assert.Null(queue.TryTake(Start.AddHours(1)));
        queue.Limit(0.1, Start.AddHours(1));
        Assert.Equal("a", queue.TryTake(Start.AddHours(1)));
    }
}
