using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Nodes.Pressure;

namespace KubeLab.Tests.Nodes.Pressure;

public sealed class OomScoreTests
{
    private const long Gib = 1L << 30;

    [Theory]
    [InlineData("", "", 1000)]
    [InlineData("cpu=1,memory=1Gi", "cpu=1,memory=1Gi", -997)]
    // A tenth of the memory requested: 900.
    [InlineData("memory=1Gi", "", 900)]
    [InlineData("memory=5Gi", "", 500)]
    // Hardly anything requested is still better than nothing.
    [InlineData("memory=1", "", 999)]
    [InlineData("cpu=1", "", 999)]
    // Nearly all requested is still worse than a guarantee.
    [InlineData("memory=10Gi", "", 3)]
    [InlineData("memory=20Gi", "", 3)]
    // A limit stands in for a request.
    [InlineData("", "memory=1Gi", 900)]
    public void The_correction_follows_class_and_request(string requests, string limits, int expected)
    {
        var container = Container("c", requests, limits);
        Assert.Equal(expected, OomScore.Adjustment(new Pod { Spec = new() { Containers = [container] } }, container, 10 * Gib));
    }

    [Fact]
    public void A_pod_that_the_node_cannot_do_without_counts_as_guaranteed()
    {
        var container = Container("c", "", "");
        var pod = new Pod { Spec = new() { Containers = [container], Priority = 2_000_001_000, PriorityClassName = "system-node-critical" } };
        Assert.Equal(-997, OomScore.Adjustment(pod, container, 10 * Gib));
        var other = pod with { Spec = pod.Spec with { Priority = 2_000_000_000, PriorityClassName = "system-cluster-critical" } };
        Assert.Equal(1000, OomScore.Adjustment(other, container, 10 * Gib));
    }

    [Fact]
    public void A_sidecar_counts_as_if_it_requested_what_the_least_of_those_it_serves_does()
    {
        var sidecar = Container("proxy", "memory=128Mi", "") with { RestartPolicy = "Always" };
        var pod = new Pod { Spec = new() { InitContainers = [sidecar], Containers = [Container("a", "memory=2Gi", ""), Container("b", "memory=4Gi", "")] } };
        Assert.Equal(800, OomScore.Adjustment(pod, sidecar, 10 * Gib));
    }

    [Fact]
    public void Who_uses_more_than_he_requested_is_worse_than_who_does_not_however_large()
    {
        var modest = OomScore.Badness(2 * Gib, OomScore.Adjustment(Pod("memory=4Gi"), Pod("memory=4Gi").Spec.Containers[0], 10 * Gib), 10 * Gib);
        var greedy = OomScore.Badness(2 * Gib, OomScore.Adjustment(Pod("memory=1Gi"), Pod("memory=1Gi").Spec.Containers[0], 10 * Gib), 10 * Gib);
        Assert.True(greedy > modest);
    }

    private static Pod Pod(string requests) => new() { Spec = new() { Containers = [Container("c", requests, "")] } };

    private static Container Container(string name, string requests, string limits) =>
        new() { Name = name, Resources = new() { Requests = List(requests), Limits = List(limits) } };

    private static ResourceList List(string text) => ResourceList.From(
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => KeyValuePair.Create(p.Split('=')[0], Quantity.Parse(p.Split('=')[1]))));
}
