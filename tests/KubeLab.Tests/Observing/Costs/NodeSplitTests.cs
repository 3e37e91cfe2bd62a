using KubeLab.Observing.Costs;

namespace KubeLab.Tests.Observing.Costs;

/// <summary>How the price of a node's hour divides.</summary>
public sealed class NodeSplitTests
{
    private const long Gib = 1L << 30;

    // A vCPU costs as much as 4 GiB here, so CPU and memory are half of the price each.
    private static readonly NodeRate Rate = new("workers", 1, 4, 1, IsMaster: false);
    private static readonly PodShape Capacity = new(4000, 16 * Gib);

    [Fact]
    public void What_is_not_allocatable_is_the_systems_and_the_rest_of_an_empty_node_is_free()
    {
        var (system, free) = NodeSplit.Of(Rate, Capacity, new PodShape(3000, 12 * Gib), []);
        Assert.Equal((0.25, 0.75), (system, free));
    }

    [Theory]
    // requested and used CPU; used, slack and free per hour of the half that CPU is
    [InlineData(2000, 1000, 0.125, 0.125, 0.25)]
    [InlineData(1000, 2000, 0.25, 0, 0.25)]
    [InlineData(0, 0, 0, 0, 0.5)]
    [InlineData(4000, 4000, 0.5, 0, 0)]
    public void A_pod_pays_what_it_uses_and_what_it_requested_beyond_that_is_slack(long requested, long used, double isUsed, double isSlack, double isFree)
    {
        var pod = Pod(requested, used);
        var (system, free) = NodeSplit.Of(Rate, Capacity, Capacity, [pod]);
        Assert.Equal((isUsed, isSlack, isFree + 0.5, 0), (pod.Used, pod.Slack, free, system));
    }

    [Fact]
    public void Who_uses_more_than_requested_takes_it_out_of_others_slack()
    {
        var (modest, greedy) = (Pod(3000, 1000), Pod(1000, 2000));
        var (_, free) = NodeSplit.Of(Rate, Capacity, Capacity, [modest, greedy]);
        Assert.Equal((0.125, 0.125), (modest.Used, modest.Slack));
        Assert.Equal((0.25, 0, 0.5), (greedy.Used, greedy.Slack, free));
    }

    [Theory]
    [InlineData(500, 4, null)]
    [InlineData(100, 4, "CPU")]
    [InlineData(500, 0, "memory")]
    [InlineData(100, 0, "CPU and memory")]
    public void Room_is_of_use_when_the_smallest_pod_fits(long milliCpu, long gib, string? missing)
    {
        var shapes = new PodShapes();
        Assert.Null(shapes.Missing(milliCpu, gib * Gib, 10));
        shapes.Count(new PodShape(2000, 2 * Gib), 1);
        shapes.Count(new PodShape(250, Gib), 1);
        Assert.Equal(missing, shapes.Missing(milliCpu, gib * Gib, 10));
        Assert.Equal("pods", shapes.Missing(milliCpu, gib * Gib, 0));
    }

    [Fact]
    public void Shapes_that_are_small_in_different_ways_both_count_and_those_that_contain_another_do_not()
    {
        var shapes = new PodShapes();
        Assert.True(shapes.Count(new PodShape(1000, Gib), 1));
        Assert.True(shapes.Count(new PodShape(100, 4 * Gib), 1));
        Assert.False(shapes.Count(new PodShape(2000, 8 * Gib), 1));
        Assert.False(shapes.Count(default, 1));
        Assert.Equal(2, shapes.Minimal.Count);
        Assert.Equal("CPU and memory together", shapes.Missing(500, 2 * Gib, 10));
        Assert.False(shapes.Count(new PodShape(100, 4 * Gib), 1));
        Assert.False(shapes.Count(new PodShape(100, 4 * Gib), -1));
        Assert.True(shapes.Count(new PodShape(100, 4 * Gib), -1));
        Assert.Single(shapes.Minimal);
    }

    private static CostPod Pod(long requested, long used) => new("default", "web", new PodShape(requested, 0), "n", []) { Usage = new PodShape(used, 0) };
}
