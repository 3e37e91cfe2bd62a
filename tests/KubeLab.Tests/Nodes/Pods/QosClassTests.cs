using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Nodes.Pods;

namespace KubeLab.Tests.Nodes.Pods;

public sealed class QosClassTests
{
    [Theory]
    [InlineData("", "", "BestEffort")]
    [InlineData("cpu=100m", "", "Burstable")]
    [InlineData("", "memory=1Gi", "Burstable")]
    [InlineData("cpu=1,memory=1Gi", "cpu=1,memory=1Gi", "Guaranteed")]
    [InlineData("cpu=1000m,memory=1024Mi", "cpu=1,memory=1Gi", "Guaranteed")]
    [InlineData("", "cpu=1,memory=1Gi", "Guaranteed")]
    [InlineData("cpu=500m,memory=1Gi", "cpu=1,memory=1Gi", "Burstable")]
    [InlineData("cpu=0", "", "BestEffort")]
    public void The_class_follows_from_requests_and_limits(string requests, string limits, string expected)
    {
        var container = new Container { Name = "c", Resources = new() { Requests = List(requests), Limits = List(limits) } };
        Assert.Equal(expected, QosClass.Of(new PodSpec { Containers = [container] }));
    }

    [Fact]
    public void An_init_container_counts()
    {
        var full = new Container { Name = "c", Resources = new() { Limits = List("cpu=1,memory=1Gi") } };
        Assert.Equal("Burstable", QosClass.Of(new PodSpec { InitContainers = [new Container { Name = "i" }], Containers = [full] }));
    }

    private static ResourceList List(string text) => ResourceList.From(
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => KeyValuePair.Create(p.Split('=')[0], Quantity.Parse(p.Split('=')[1]))));
}
