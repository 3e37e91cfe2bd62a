using System.Diagnostics;
using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Etcd.Replicated;
using KubeLab.Scheduling;
using KubeLab.Simulation;

namespace KubeLab.Benchmarks;

/// <summary>One run of each kind of pod at each size, in seconds of the wall: quick enough to be run by hand. <c>-- scheduling</c></summary>
internal static class SchedulingTimes
{
    public static void Run(int pods)
    {
        Console.WriteLine("| Pods | Nodes | Pods per second | per second of CPU |\n|---|---:|---:|---:|");
        foreach (var kind in SchedulingSamples.Kinds)
        {
            foreach (var nodes in new[] { 100, 1000, 5000 })
            {
                Measure(kind, nodes, Math.Min(pods, 200));

                // 40 pods fill a node, and pods that want each other's zone have a third of the nodes.
                var count = Math.Min(pods, nodes * 39 / (kind == "affinity" ? 3 : 1));
                var (wall, cpu) = Measure(kind, nodes, count);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {kind} | {nodes:N0} | {count / wall:N0} | {count / cpu:N0} |"));
            }
        }
    }

    private static (double Wall, double Cpu) Measure(string kind, int nodes, int pods)
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var chance = new Randomness(1);
        var server = new KubeLab.ApiServer.ApiServer(clock, chance.For("apiserver"), EtcdCluster.OfOne(clock));
        server.Start();
        var api = server.ConnectAs("benchmark");
        for (var i = 0; i < nodes; i++)
        {
            var node = Samples.Node($"node-{i}");
            api.Create(node with
            {
                Metadata = node.Metadata with { Labels = StringMap.Of(("kubernetes.io/hostname", $"node-{i}"), ("topology.kubernetes.io/zone", $"zone{i % 3}")) },
            });
        }

        var scheduler = new Scheduler(server.ConnectAs("system:kube-scheduler"), clock, chance.For("scheduler"));
        scheduler.Start();
        clock.RunFor(TimeSpan.FromSeconds(1));
        var sample = SchedulingSamples.Pod(kind);
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < pods; i++)
        {
            api.Create(sample with { Metadata = sample.Metadata with { Name = $"pod-{i}" } });
        }

        clock.RunUntil(() => scheduler.Bound >= pods, TimeSpan.FromMinutes(10));
        if (scheduler.Bound < pods)
        {
            throw new InvalidOperationException($"{scheduler.Bound} of {pods} {kind} pods were bound");
        }

        return (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
