using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated;

/// <summary>A node that runs short of memory, on a whole cluster: kubelet, node lifecycle controller, scheduler and replica sets.</summary>
public sealed class PressureTests
{
    private const string Leaky = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: leaky}
        spec:
          replicas: 1
          selector: {matchLabels: {app: leaky}}
          template:
            metadata: {labels: {app: leaky}}
            spec:
              containers: [{name: leaky, image: kubelab/leaky, env: [{name: MEMORY_MIB, value: "5000"}]}]
        """;

    [Fact]
    public void A_leak_on_the_only_node_is_evicted_its_successor_waits_for_the_taint_to_go_and_all_begins_anew()
    {
        using var cluster = (SimulatedCluster)Lab.Open(seed: 3);
        cluster.AddMasters(1);
        cluster.AddNodePool("pool", "e2-standard-2", 1);
        cluster.Apply(Leaky);
        cluster.RunUntil(c => Pods(c).Any(p => p.Status.Reason == "Evicted"), TimeSpan.FromHours(3), "an eviction");
        cluster.RunFor(TimeSpan.FromSeconds(30));
        var node = cluster.Api.List<Node>().Single(n => n.Spec.Taints.Exists(t => t.Key == "node.kubernetes.io/memory-pressure" && t.Effect == "NoSchedule"));
        Assert.StartsWith("pool", node.Metadata.Name, StringComparison.Ordinal);
        var next = Pods(cluster).Single(p => p.Status.Phase != "Failed");
        Assert.Contains("node(s) had untolerated taint {node.kubernetes.io/memory-pressure: }", next.Status.Conditions.Find(c => c.Type == "PodScheduled")!.Message, StringComparison.Ordinal);

        cluster.RunFor(TimeSpan.FromMinutes(6));
        Assert.Equal("Running", Pods(cluster).Single(p => p.Metadata.Name == next.Metadata.Name).Status.Phase);
    }

    private static IEnumerable<Pod> Pods(Cluster cluster) => cluster.Api.List<Pod>("default");
}
