using KubeLab.Api.Core;
using KubeLab.Api.Metrics;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;
using KubeLab.Simulated.Metrics;

namespace KubeLab.Tests.Simulated.Metrics;

/// <summary>CPU as kubelets count it and as the metrics server tells it.</summary>
public sealed class CpuWindowTests
{
    private const string Shop = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 1
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
              - name: shop
                image: kubelab/server
                env: [{name: CPU_MS_PER_REQUEST, value: "10"}, {name: CPU_MILLIS, value: "0"}]
                resources: {requests: {cpu: 200m}, limits: {cpu: 500m}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        """;

    [Fact]
    public void A_peak_that_begins_and_ends_between_two_readings_is_in_the_mean()
    {
        using var cluster = Open();
        NextReading(cluster);
        cluster.RunFor(3);
        var load = cluster.Load("shop", 20);
        cluster.RunFor(6);
        load.Stop();
        NextReading(cluster);

        // 20 requests a second at 10 ms each for 6 of 15 seconds.
        Assert.Equal(0.2 * 6 / 15, Cpu(cluster), 4);
        NextReading(cluster);
        Assert.Equal(0, Cpu(cluster), 6);
    }

    [Fact]
    public void A_throttled_peak_counts_what_was_used_and_not_what_was_wanted()
    {
        using var cluster = Open();
        NextReading(cluster);
        var load = cluster.Load("shop", 5000);
        NextReading(cluster);
        Assert.InRange(Cpu(cluster), 0.499, 0.5);
        load.Stop();
    }

    [Fact]
    public void The_same_peak_is_thinner_at_a_coarser_resolution()
    {
        using var cluster = Open(new MetricsOptions { Resolution = TimeSpan.FromMinutes(1) });
        NextReading(cluster);
        cluster.RunFor(3);
        var load = cluster.Load("shop", 20);
        cluster.RunFor(6);
        load.Stop();
        NextReading(cluster);
        var pod = Assert.Single(cluster.Api.List<PodMetrics>("default"));
        Assert.Equal("1m0s", pod.Window);
        Assert.Equal(0.2 * 6 / 60, Cpu(cluster), 4);
    }

    [Fact]
    public void What_a_node_has_given_includes_containers_that_have_ended()
    {
        using var cluster = Open();
        NextReading(cluster);
        var idle = NodeCpu(cluster);
        cluster.Kubectl("run stress --image=polinux/stress --restart=Never -- stress --cpu 1 --timeout 5s");
        var coreSeconds = 0.0;
        for (var i = 0; i < 6; i++)
        {
            NextReading(cluster);
            coreSeconds += 15 * (NodeCpu(cluster) - idle);
        }

        Assert.Equal("Succeeded", cluster.Api.Get<Pod>("default", "stress").Status.Phase);
        Assert.InRange(coreSeconds, 4.9, 5.5);
    }

    [Fact]
    public void An_autoscaler_reacts_later_when_measures_come_later()
    {
        var prompt = ReactionTime(new MetricsOptions());
        var coarse = ReactionTime(new MetricsOptions { Resolution = TimeSpan.FromMinutes(2) });
        var late = ReactionTime(new MetricsOptions { Lag = TimeSpan.FromMinutes(1) });
        Assert.InRange(prompt, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(35));
        Assert.True(coarse > prompt + TimeSpan.FromSeconds(20), $"{coarse} after {prompt}");
        Assert.InRange(late - prompt, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(75));
    }

    [Fact]
    public void A_resolution_below_ten_seconds_is_refused_as_upstream_refuses_it()
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new MetricsOptions { Resolution = TimeSpan.FromSeconds(9) });
        Assert.Contains("metric-resolution should be a time duration at least 10s", refused.Message, StringComparison.Ordinal);
    }

    private static TimeSpan ReactionTime(MetricsOptions options)
    {
        using var cluster = Open(options);
        cluster.Kubectl("autoscale deployment shop --min=1 --max=5 --cpu-percent=50");
        NextReading(cluster);
        NextReading(cluster);
        cluster.RunFor(10);
        var start = cluster.Now;
        cluster.Load("shop", 40);
        cluster.RunUntil(c => c.Deployment("shop").Object!.Spec.Replicas > 1, TimeSpan.FromMinutes(10));
        return cluster.Now - start;
    }

    private static SimulatedCluster Open(MetricsOptions? metrics = null)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 6, Record = false, Metrics = metrics ?? MetricsOptions.Default });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 1);
        cluster.Kubectl("apply -f -", Shop);
        cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
        cluster.RunFor(60);
        return cluster;
    }

    /// <summary>Runs until the pod has been measured anew.</summary>
    private static void NextReading(SimulatedCluster cluster)
    {
        var before = At(cluster);
        cluster.RunUntil(_ => At(cluster) is { } now && now != before, TimeSpan.FromMinutes(10));
    }

    private static KubeLab.Api.Timestamp? At(SimulatedCluster cluster) => cluster.Api.List<PodMetrics>("default").FirstOrDefault(p => p.Metadata.Labels["app"] == "shop")?.Timestamp;

    private static double Cpu(SimulatedCluster cluster) =>
        cluster.Api.List<PodMetrics>("default").Single(p => p.Metadata.Labels["app"] == "shop").Containers[0].Usage["cpu"]!.Value.AsDouble;

    private static double NodeCpu(SimulatedCluster cluster) => cluster.Api.Get<NodeMetrics>("", "workers-1").Usage["cpu"]!.Value.AsDouble;
}
