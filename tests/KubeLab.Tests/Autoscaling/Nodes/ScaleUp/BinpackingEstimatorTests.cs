using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.ScaleUp;
using KubeLab.Tests.Scheduling;

namespace KubeLab.Tests.Autoscaling.Nodes.ScaleUp;

public sealed class BinpackingEstimatorTests
{
    [Theory]
    [InlineData("350m", "1000", 10, 1000, 5, 10)] // CPU-bound: two of 350m on a node of 1.05 minus a bit.
    [InlineData("350m", "600Mi", 10, 1000, 10, 10)] // Memory-bound: one of 600Mi on a node of 1000Mi.
    [InlineData("350m", "1000", 10, 3, 3, 6)] // No more nodes than may be added.
    [InlineData("350m", "1000", 0, 1000, 0, 0)]
    [InlineData("2", "1000", 5, 1000, 0, 0)] // Too large for any such node.
    public void Nodes_are_filled_one_after_the_other(string cpu, string memory, int pods, int nodesMax, int nodes, int placed)
    {
        var lab = new SnapshotLab().With(Make.Node("old", "10", "10Gi"));
        var before = lab.Seen;
        var groups = PodGroup.Of(Enumerable.Range(0, pods).Select(i => Owned($"p{i}", Make.Pod("x", cpu, memory))));
        var (count, helped) = new BinpackingEstimator(lab.Snapshot).Estimate(groups, Template(Make.Node("t", "1", "1000Mi")), nodesMax);
        Assert.Equal((nodes, placed), (count, helped.Count));
        Assert.Equal(before, lab.Seen);
    }

    [Fact]
    public void Large_pods_go_first_so_that_small_ones_fill_the_gaps()
    {
        var lab = new SnapshotLab();
        var small = Enumerable.Range(0, 4).Select(i => Owned($"small{i}", Make.Pod("x", "250m"), "small"));
        var large = Enumerable.Range(0, 2).Select(i => Owned($"large{i}", Make.Pod("x", "500m"), "large"));
        var (count, helped) = new BinpackingEstimator(lab.Snapshot).Estimate(PodGroup.Of(small.Concat(large)), Template(Make.Node("t", "1", "1Gi")), 10);
        Assert.Equal((2, 6), (count, helped.Count));
        Assert.StartsWith("large", helped[0].Metadata.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_ports_and_neighbours_need_nodes_of_their_own()
    {
        var port = Make.Pod("x", "100m");
        port = port with { Spec = port.Spec with { Containers = [port.Spec.Containers[0] with { Ports = [new ContainerPort { Port = 5555, HostPort = 5555 }] }] } };
        var apart = Make.Labelled("x", ("app", "apart"));
        var term = new PodAffinityTerm { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = StringMap.Of(("app", "apart")) } };
        apart = apart with { Spec = apart.Spec with { Affinity = new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [term] } } } };
        foreach (var pod in new[] { port, apart })
        {
            var groups = PodGroup.Of(Enumerable.Range(0, 8).Select(i => Owned($"p{i}", pod)));
            Assert.Equal(8, new BinpackingEstimator(new SnapshotLab().Snapshot).Estimate(groups, Template(Make.Node("t", "10", "10Gi")), 100).Nodes);
        }
    }

    [Fact]
    public void Daemons_take_their_room_on_each_new_node()
    {
        var groups = PodGroup.Of(Enumerable.Range(0, 4).Select(i => Owned($"p{i}", Make.Pod("x", "500m"))));
        Assert.Equal(2, new BinpackingEstimator(new SnapshotLab().Snapshot).Estimate(groups, Template(Make.Node("t", "1", "1Gi")), 100).Nodes);
        Assert.Equal(4, new BinpackingEstimator(new SnapshotLab().Snapshot).Estimate(groups, Template(Make.Node("t", "1", "1Gi"), Make.Pod("daemon", "100m")), 100).Nodes);
    }

    [Fact]
    public void Zones_that_a_group_does_not_reach_stop_the_estimate()
    {
        var pod = Make.Labelled("x", ("app", "spread"));
        var spread = new TopologySpreadConstraint { MaxSkew = 1, TopologyKey = "topology.kubernetes.io/zone", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = new() { MatchLabels = StringMap.Of(("app", "spread")) } };
        pod = pod with { Spec = pod.Spec with { TopologySpreadConstraints = [spread] } };
        var lab = new SnapshotLab().With(Make.Node("other", "10").In(("topology.kubernetes.io/zone", "b")), Make.Pod("full", "10"));
        var groups = PodGroup.Of(Enumerable.Range(0, 5).Select(i => Owned($"p{i}", pod with { Spec = pod.Spec with { Containers = [Make.Container("c", "1")] } })));
        var (nodes, placed) = new BinpackingEstimator(lab.Snapshot).Estimate(groups, Template(Make.Node("t", "1").In(("topology.kubernetes.io/zone", "a"))), 100);
        Assert.Equal((1, 1), (nodes, placed.Count));
    }

    private static NodeTemplate Template(Node node, params Pod[] pods) => new NodeTemplate(node, pods).Named(node.Metadata.Name!);

    private static Pod Owned(string name, Pod pod, string owner = "web") => pod with
    {
        Metadata = pod.Metadata with { Name = name, OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = owner, Uid = owner, Controller = true }] },
    };
}
