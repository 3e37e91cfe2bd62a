using KubeLab.Controllers.NodeAddresses;

namespace KubeLab.Tests.Controllers.NodeAddresses;

public sealed class PodRangesTests
{
    [Fact]
    public void Ranges_are_handed_out_in_turn_and_come_back_late()
    {
        var ranges = new PodRanges("10.244.0.0/22");
        Assert.Equal("10.244.0.0/24", ranges.Take());
        Assert.Equal("10.244.1.0/24", ranges.Take());
        ranges.Release("10.244.0.0/24");
        ranges.Occupy("10.244.2.0/24");
        Assert.Equal("10.244.3.0/24", ranges.Take());
        Assert.Equal("10.244.0.0/24", ranges.Take());
        Assert.Null(ranges.Take());
    }

    [Fact]
    public void A_cluster_has_a_range_for_each_of_a_thousand_nodes()
    {
        var ranges = new PodRanges("10.244.0.0/14");
        var all = Enumerable.Range(0, 1024).Select(_ => ranges.Take()).ToList();
        Assert.Equal("10.247.255.0/24", all[^1]);
        Assert.Equal(1024, all.Distinct().Count());
    }

    [Fact]
    public void A_cluster_smaller_than_a_node_is_refused() => Assert.Throws<FormatException>(() => new PodRanges("10.0.0.0/25"));
}
