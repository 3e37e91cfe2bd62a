using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Tests.Scheduling.Plugins;

public sealed class ResourceScoreTests
{
    // One node of 4 CPU and 10 GB; what is there and what the pod wants, in millicores and GB.
    [Theory]
    [InlineData(ScoringStrategyType.LeastAllocated, 0, 0, 3000, 5, "37")]
    [InlineData(ScoringStrategyType.MostAllocated, 0, 0, 3000, 5, "62")]
    [InlineData(ScoringStrategyType.MostAllocated, 1000, 2, 2000, 4, "67")]
    [InlineData(ScoringStrategyType.MostAllocated, 0, 0, 5000, 1, "55")]
    public void CPU_and_memory_count_alike(ScoringStrategyType type, int cpuThere, int memoryThere, int cpu, int memory, string score) =>
        Assert.Equal(score, Score(new ScoringStrategy { Type = type }, cpuThere, memoryThere, Pod(cpu, memory)));

    [Theory]
    [InlineData(1, 1, "37")]
    [InlineData(3, 1, "31")]
    [InlineData(1, 3, "43")]
    public void Weights_decide_which_resource_counts_more(int cpuWeight, int memoryWeight, string score) =>
        Assert.Equal(score, Score(new ScoringStrategy { Resources = [new("cpu", cpuWeight), new("memory", memoryWeight)] }, 0, 0, Pod(3000, 5)));

    // A curve from 10 (empty) to 0 (full) is LeastAllocated; the other way round it packs; what scores nothing is left out of the mean.
    [Theory]
    [InlineData("0:10,100:0", 3000, 5, "38")]
    [InlineData("0:0,100:10", 3000, 5, "63")]
    [InlineData("0:0,50:10,100:0", 1000, 5, "75")]
    [InlineData("40:10,80:2", 1000, 9, "60")]
    [InlineData("0:10,100:0", 4000, 5, "50")]
    public void A_curve_says_what_a_share_is_worth(string shape, int cpu, int memory, string score)
    {
        var points = shape.Split(',').Select(p => p.Split(':')).Select(p => new UtilizationPoint(int.Parse(p[0]), int.Parse(p[1]))).ToList();
        Assert.Equal(score, Score(new ScoringStrategy { Type = ScoringStrategyType.RequestedToCapacityRatio, Shape = points }, 0, 0, Pod(cpu, memory)));
    }

    [Fact]
    public void Who_asks_for_no_GPU_is_not_ranked_by_GPUs()
    {
        var strategy = new ScoringStrategy { Type = ScoringStrategyType.MostAllocated, Resources = [new("nvidia.com/gpu", 5), new("cpu", 1)] };
        var pod = Pod(1000, 1);
        Assert.Equal("25", Score(strategy, 0, 0, pod));
        var gpu = pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Resources = new() { Requests = pod.Spec.Containers[0].Resources.Requests.With("nvidia.com/gpu", Quantity.Parse("2")) } }] } };
        Assert.Equal("45", Score(strategy, 0, 0, gpu));
    }

    [Fact]
    public void Extended_resources_and_local_storage_are_counted_and_can_be_ignored()
    {
        var scene = new Scene(Make.Node("n"));
        var pod = Pod(100, 1);
        var asking = pod with
        {
            Spec = pod.Spec with
            {
                Containers = [pod.Spec.Containers[0] with { Resources = new() { Requests = ResourceList.Of(("example.com/foo", Quantity.Parse("1")), ("ephemeral-storage", Quantity.Parse("1Gi"))) } }],
            },
        };
        Assert.Equal("n:!Insufficient ephemeral-storage; Insufficient example.com/foo", scene.Filtered(new NodeResourcesFit(), asking));
        Assert.Equal("n:!Insufficient ephemeral-storage", scene.Filtered(new NodeResourcesFit(new FitOptions { IgnoredResourceGroups = ["example.com"] }), asking));
    }

    private static string Score(ScoringStrategy strategy, int cpuThere, int memoryThere, Pod pod)
    {
        var node = Make.Node("n", "4", "10G");
        node = node with { Status = node.Status with { Allocatable = node.Status.Allocatable.With("nvidia.com/gpu", Quantity.Parse("4")) } };
        var scene = new Scene(node);
        if (cpuThere + memoryThere > 0)
        {
            scene.Put((Pod(cpuThere, memoryThere) with { Metadata = Make.Pod("there").Metadata }).On("n"));
        }

        return scene.Scored(new NodeResourcesFit(new FitOptions { Strategy = strategy }), pod);
    }

    private static Pod Pod(int cpu, int memory) => Make.Pod("p", $"{cpu}m", $"{memory}G");
}
