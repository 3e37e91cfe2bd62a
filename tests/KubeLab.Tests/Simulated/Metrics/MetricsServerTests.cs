using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Metrics;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated.Metrics;

public sealed class MetricsServerTests
{
    [Fact]
    public void What_a_pod_uses_is_known_some_seconds_after_its_start()
    {
        using var cluster = Cluster();
        Deploy(cluster, 1, cpuMillis: 300);
        cluster.RunUntil(c => c.Deployment("web").IsAvailable);
        Assert.Empty(cluster.Api.List<PodMetrics>("default"));
        cluster.RunFor(TimeSpan.FromSeconds(31));
        var pod = Assert.Single(cluster.Api.List<PodMetrics>("default"));
        Assert.Equal("web", pod.Metadata.Labels["app"]);
        Assert.Equal(("300m", "64Mi"), (pod.Containers[0].Usage["cpu"]?.ToString(), pod.Containers[0].Usage["memory"]?.ToString()));
        Assert.InRange(cluster.Now - pod.Timestamp!.Value.Instant, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void A_node_that_is_dead_and_a_pod_on_it_are_not_measured()
    {
        using var cluster = Cluster();
        Deploy(cluster, 1, cpuMillis: 300);
        cluster.RunFor(TimeSpan.FromMinutes(2));
        var node = cluster.Api.List<Pod>("default")[0].Spec.NodeName!;
        cluster.Kill(node);
        cluster.RunFor(TimeSpan.FromSeconds(20));
        Assert.DoesNotContain(cluster.Api.List<NodeMetrics>(), n => n.Metadata.Name == node);
        Assert.Empty(cluster.Api.List<PodMetrics>("default"));
        Assert.Equal($"nodemetrics.metrics.k8s.io \"{node}\" not found", Assert.Throws<ApiException>(() => cluster.Api.Get<NodeMetrics>("", node)).Message);
    }

    [Fact]
    public void Whoever_asks_for_the_same_pods_again_hears_of_those_that_are_there_now()
    {
        using var cluster = Cluster();
        Deploy(cluster, 3, cpuMillis: 300);
        cluster.RunFor(TimeSpan.FromMinutes(2));
        var ours = new ListOptions { LabelSelector = "app=web" };
        var before = cluster.Api.List<PodMetrics>("default", ours);
        Assert.Equal(3, before.Count);
        Assert.Equal(before.Select(p => p.Metadata.Name), cluster.Api.List<PodMetrics>("default", ours).Select(p => p.Metadata.Name));

        // One loses the label, and gets a successor that has not been measured yet.
        cluster.Kubectl($"label pod {before[0].Metadata.Name} app-");
        Assert.Equal(before.Skip(1).Select(p => p.Metadata.Name), cluster.Api.List<PodMetrics>("default", ours).Select(p => p.Metadata.Name));
        Assert.Empty(cluster.Api.List<PodMetrics>("kube-system", ours));
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal(3, cluster.Api.List<PodMetrics>("default", ours).Count);
        Assert.Equal(4, cluster.Api.List<PodMetrics>("default").Count);
    }

    [Fact]
    public void Kubectl_top_shows_it()
    {
        using var cluster = Cluster();
        Deploy(cluster, 2, cpuMillis: 300);
        cluster.RunFor(TimeSpan.FromMinutes(2));
        var pods = cluster.Kubectl("top pods --sort-by=cpu --sum").ToString().Split('\n');
        Assert.Equal("NAME                  CPU(cores)   MEMORY(bytes)   ", pods[0]);
        Assert.All(pods[1..3], line => Assert.Matches("^web-[a-z0-9]+-[a-z0-9]{5}   300m         64Mi            $", line));
        Assert.Equal("                      600m         128Mi           ", pods[4]);
        Assert.Matches("\nworkers-1 +[0-9]+m +[0-9]+% +[0-9]+Mi +[0-9]+% +\n", cluster.Kubectl("top nodes").ToString());
    }

    [Fact]
    public void An_autoscaler_follows_the_load_up_and_after_five_minutes_down_again()
    {
        using var cluster = Cluster();
        Deploy(cluster, 1, cpuMillis: 400);
        cluster.RunFor(TimeSpan.FromMinutes(1));
        cluster.Kubectl("autoscale deployment web --min=1 --max=5 --cpu-percent=100");
        cluster.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(2, cluster.Deployment("web").Object!.Spec.Replicas);

        // Each copy uses as much as the first, so the more there are, the more is used, up to the bound.
        cluster.RunFor(TimeSpan.FromMinutes(15));
        Assert.Equal(5, cluster.Deployment("web").Object!.Spec.Replicas);
        cluster.Kubectl("set env deployment/web CPU_MILLIS=20");
        cluster.RunFor(TimeSpan.FromMinutes(4));
        Assert.Equal(5, cluster.Deployment("web").Object!.Spec.Replicas);
        cluster.RunFor(TimeSpan.FromMinutes(4));
        Assert.Equal(1, cluster.Deployment("web").Object!.Spec.Replicas);
        Assert.Contains("New size: 1; reason: All metrics below target", cluster.Kubectl("describe hpa web").ToString(), StringComparison.Ordinal);
    }

    private static SimulatedCluster Cluster()
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 6, Record = false });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        return cluster;
    }

    private static void Deploy(SimulatedCluster cluster, int replicas, int cpuMillis)
    {
        var labels = StringMap.Of(("app", "web"));
        cluster.Api.Create(new Deployment
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new()
            {
                Replicas = replicas,
                Selector = new() { MatchLabels = labels },
                Template = new()
                {
                    Metadata = new() { Labels = labels },
                    Spec = new()
                    {
                        Containers =
                        [
                            new Container
                            {
                                Name = "web",
                                Image = "kubelab/server",
                                Env = [new() { Name = "CPU_MILLIS", Value = $"{cpuMillis}" }, new() { Name = "MEMORY_MIB", Value = "64" }],
                                Resources = new() { Requests = ResourceList.Of(("cpu", Quantity.Parse("200m"))) },
                            },
                        ],
                    },
                },
            },
        });
    }
}
