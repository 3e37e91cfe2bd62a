using BenchmarkDotNet.Attributes;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Etcd.Replicated;
using KubeLab.Scheduling;
using KubeLab.Simulation;

namespace KubeLab.Benchmarks;

/// <summary>From a new pod to its binding among many nodes, server and store included; the kinds of pods are those of upstream's scheduler_perf.</summary>
[MemoryDiagnoser]
public class SchedulingBenchmarks
{
    private const int PodsPerRound = 1000;
    private VirtualClock clock = null!;
    private IKubernetesApi api = null!;
    private int made;

    [Params(100, 1000, 5000)]
    public int Nodes { get; set; }

    [Params("basic", "spread", "affinity", "anti-affinity", "preferred")]
    public string Pods { get; set; } = "basic";

    [GlobalSetup]
    public void Setup()
    {
        clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var chance = new Randomness(1);
        var server = new KubeLab.ApiServer.ApiServer(clock, chance.For("apiserver"), EtcdCluster.OfOne(clock));
        server.Start();
        api = server.ConnectAs("benchmark");
        for (var i = 0; i < Nodes; i++)
        {
            var node = Samples.Node($"node-{i}");
            api.Create(node with
            {
                Metadata = node.Metadata with { Labels = StringMap.Of(("kubernetes.io/hostname", $"node-{i}"), ("topology.kubernetes.io/zone", $"zone{i % 3}")) },
            });
        }

        new Scheduler(server.ConnectAs("system:kube-scheduler"), clock, chance.For("scheduler")).Start();
        clock.RunFor(TimeSpan.FromSeconds(1));
    }

    [Benchmark(OperationsPerInvoke = PodsPerRound)]
    public void ScheduleAndDelete()
    {
        var first = made;
        var sample = SchedulingSamples.Pod(Pods);
        for (; made < first + PodsPerRound; made++)
        {
            api.Create(sample with { Metadata = sample.Metadata with { Name = $"pod-{made}" } });
        }

        clock.RunFor(TimeSpan.FromSeconds(1));
        for (var i = first; i < made; i++)
        {
            api.Delete<Pod>("default", $"pod-{i}", new DeleteOptions { GracePeriodSeconds = 0 });
        }

        clock.RunFor(TimeSpan.FromSeconds(1));
    }
}
