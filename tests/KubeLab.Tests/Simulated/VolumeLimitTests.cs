using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated;

public sealed class VolumeLimitTests
{
    [Fact]
    public void A_node_says_how_many_disks_its_machine_can_have()
    {
        using var cluster = Cluster();
        var driver = Assert.Single(cluster.Api.Get<CSINode>("", "workers-1").Spec.Drivers);
        Assert.Equal("pd.csi.storage.gke.io", driver.Name);
        Assert.Equal(["topology.gke.io/zone"], driver.TopologyKeys);
        Assert.Equal(127, driver.Allocatable!.Overflow!["count"]!.Value.GetInt32());
        Assert.Matches("^workers-1 +1 +[0-9a-z]+\n$", cluster.Kubectl("get csinodes workers-1 --no-headers").StdOut);
    }

    [Fact]
    public void What_a_node_said_goes_with_it()
    {
        using var cluster = Cluster();
        cluster.Kubectl("delete node workers-1");
        cluster.RunFor(TimeSpan.FromSeconds(5));
        Assert.Null(cluster.Api.Find<CSINode>("", "workers-1"));
    }

    [Fact]
    public void A_machine_has_no_room_for_one_disk_more()
    {
        using var cluster = Cluster();
        for (var i = 1; i <= 128; i++)
        {
            cluster.Api.Create(new PersistentVolumeClaim
            {
                Metadata = new() { Name = $"disk-{i}", Namespace = "default" },
                Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = ResourceList.Of(("storage", Quantity.Parse("1Gi"))) } },
            });
        }

        Create(cluster, "many", 1, 127);
        cluster.RunUntil(c => c.Pod("many").IsReady);
        Create(cluster, "one", 128, 128);
        cluster.RunFor(TimeSpan.FromSeconds(30));
        var scheduled = cluster.Api.Get<Pod>("default", "one").Status.Conditions.Find(c => c.Type == "PodScheduled")!;
        Assert.Contains("1 node(s) exceed max volume count", scheduled.Message, StringComparison.Ordinal);
        cluster.Kubectl("delete pod many");
        cluster.RunUntil(c => c.Pod("one").IsReady);
    }

    private static SimulatedCluster Cluster()
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 3, Record = false });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 1);
        return cluster;
    }

    private static void Create(SimulatedCluster cluster, string name, int first, int last)
    {
        var disks = Enumerable.Range(first, last - first + 1).Select(i => $"disk-{i}").ToList();
        cluster.Api.Create(new Pod
        {
            Metadata = new() { Name = name, Namespace = "default" },
            Spec = new()
            {
                Containers = [new Container { Name = "main", Image = "nginx:1.27", VolumeMounts = [.. disks.Select(d => new VolumeMount { Name = d, MountPath = $"/{d}" })] }],
                Volumes = [.. disks.Select(d => new Volume { Name = d, PersistentVolumeClaim = new() { ClaimName = d } })],
            },
        });
    }
}
