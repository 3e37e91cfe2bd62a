using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Tests.Scheduling.Plugins;

public sealed class NodeResourcesFitTests
{
    private readonly NodeResourcesFit plugin = new();

    [Theory]
    [InlineData("3920m", "13Gi", true)]
    [InlineData("3921m", "1Gi", false)]
    [InlineData("0", "0", true)]
    public void A_pod_fits_when_what_is_left_covers_its_requests(string cpu, string memory, bool fits)
    {
        var node = Make.Info(Make.Node("n", "3920m", "13Gi"));
        Assert.Equal(fits, plugin.Filter(new(), Make.Info(Make.Pod("p", cpu, memory)), node).IsSuccess);
    }

    [Fact]
    public void More_than_the_node_has_at_all_cannot_be_helped_by_pods_leaving()
    {
        var node = Make.Info(Make.Node("n", "2", "4Gi"), Make.Pod("other", "1"));
        var verdict = plugin.Filter(new(), Make.Info(Make.Pod("p", "3", "5Gi")), node);
        Assert.Equal(VerdictCode.UnschedulableAndUnresolvable, verdict.Code);
        Assert.Equal(["Insufficient cpu", "Insufficient memory"], verdict.Reasons.ToArray());
        Assert.Equal(VerdictCode.Unschedulable, plugin.Filter(new(), Make.Info(Make.Pod("q", "1500m")), node).Code);
    }

    [Fact]
    public void The_number_of_pods_counts_too()
    {
        var node = Make.Info(Make.Node("n", pods: 1), Make.Pod("other"));
        Assert.Equal(["Too many pods"], plugin.Filter(new(), Make.Info(Make.Pod("p")), node).Reasons.ToArray());
    }

    // Expected: ((capacity - taken - asked) * 100 / capacity, truncated, for CPU and memory; then their mean, truncated.
    [Theory]
    [InlineData(3000, 5000, 4000, 10000, 0, 0, 37)]
    [InlineData(0, 0, 4000, 10000, 0, 0, 100)]
    [InlineData(5000, 1000, 4000, 10000, 0, 0, 45)]
    [InlineData(1000, 2000, 4000, 10000, 2000, 4000, 32)]
    public void The_score_is_the_mean_share_that_stays_free(long cpu, long memory, long hasCpu, long hasMemory, long takenCpu, long takenMemory, long score) =>
        Assert.Equal(score, NodeResourcesFit.LeastAllocated(
            new() { MilliCpu = cpu, MemoryBytes = memory },
            new() { MilliCpu = hasCpu, MemoryBytes = hasMemory },
            new() { MilliCpu = takenCpu, MemoryBytes = takenMemory }));

    [Theory]
    [InlineData(3000, 4000, 5000, 10000, 87)]
    [InlineData(2000, 4000, 5000, 10000, 100)]
    [InlineData(8000, 4000, 0, 10000, 50)]
    public void Balance_is_what_the_two_shares_have_in_common(long cpu, long hasCpu, long memory, long hasMemory, long score) =>
        Assert.Equal(score, NodeResourcesBalancedAllocation.Balance(cpu, hasCpu, memory, hasMemory));
}
