using KubeLab.Api.Core;
using KubeLab.Controllers.CloudNodes;

namespace KubeLab.Tests.Controllers.CloudNodes;

public sealed class NodeInitializationTests
{
    private static readonly InstanceMetadata Machine = new("gce://lab/a/n", "e2-standard-2", "europe-west4-a", "europe-west4");

    [Fact]
    public void A_node_learns_its_type_and_place_and_is_open_for_pods()
    {
        var node = new Node
        {
            Metadata = new() { Name = "n" },
            Spec = new() { Taints = [new() { Key = "own", Effect = "NoSchedule" }, new() { Key = NodeInitialization.Uninitialized, Value = "true", Effect = "NoSchedule" }] },
        };
        Assert.True(NodeInitialization.IsDue(node));
        var done = NodeInitialization.Apply(node, Machine);
        Assert.False(NodeInitialization.IsDue(done));
        Assert.Equal("own", Assert.Single(done.Spec.Taints).Key);
        Assert.Equal("gce://lab/a/n", done.Spec.ProviderID);
        var labels = done.Metadata.Labels;
        Assert.Equal(("e2-standard-2", "europe-west4-a", "europe-west4"), (labels["node.kubernetes.io/instance-type"], labels["topology.kubernetes.io/zone"], labels["topology.kubernetes.io/region"]));
        Assert.Equal(("e2-standard-2", "europe-west4-a", "europe-west4"), (labels["beta.kubernetes.io/instance-type"], labels["failure-domain.beta.kubernetes.io/zone"], labels["failure-domain.beta.kubernetes.io/region"]));
    }

    [Fact]
    public void The_providers_name_that_it_has_stays() =>
        Assert.Equal("mine", NodeInitialization.Apply(new Node { Spec = new() { ProviderID = "mine" } }, Machine).Spec.ProviderID);
}
