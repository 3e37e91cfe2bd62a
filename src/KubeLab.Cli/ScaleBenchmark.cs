using System.Diagnostics;
using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;

namespace KubeLab.Cli;

/// <summary>Fills a cluster and measures how long that takes; the template is that of upstream's scheduler_perf.</summary>
internal static class ScaleBenchmark
{
    private const int PodsPerDeployment = 1000;

    public static ScaleResult Run(int nodes, int pods, long seed)
    {
        using var cluster = Lab.Simulate(new SimulationOptions { Seed = seed, Record = false });
        cluster.AddMasters(1);
        cluster.JoinNodes("node", nodes, ResourceList.Of(
            ("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("32Gi")), ("pods", Quantity.Parse("110"))));

        var simulatedFrom = cluster.Now;
        var events = cluster.Clock.EventsRun;
        var allocated = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        var deployments = CreateDeployments(cluster.Api, pods);
        while (!deployments.TrueForAll(name => cluster.Deployment(name).IsAvailable))
        {
            cluster.RunFor(TimeSpan.FromSeconds(1));
            if (cluster.Now - simulatedFrom > TimeSpan.FromHours(2))
            {
                throw new UsageException(
                    $"{pods} pods do not fit on {nodes} nodes: a node holds at most 40 of them by CPU. {deployments.Select(n => cluster.Deployment(n)).First(d => !d.IsAvailable)}");
            }
        }

        watch.Stop();
        return new ScaleResult
        {
            Nodes = nodes,
            Pods = pods,
            RealSeconds = watch.Elapsed.TotalSeconds,
            SimulatedSeconds = (cluster.Now - simulatedFrom).TotalSeconds,
            Events = cluster.Clock.EventsRun - events,
            AllocatedBytesPerPod = (GC.GetTotalAllocatedBytes() - allocated) / pods,
            PeakMemoryBytes = Process.GetCurrentProcess().PeakWorkingSet64,
            LiveMemoryBytes = GC.GetTotalMemory(forceFullCollection: true),
        };
    }

    private static List<string> CreateDeployments(IKubernetesApi api, int pods)
    {
        var names = new List<string>();
        for (var left = pods; left > 0; left -= PodsPerDeployment)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"load-{names.Count}");
            names.Add(name);
            var labels = StringMap.Of(("app", name));
            api.Create(new Deployment
            {
                Metadata = new() { Name = name, Namespace = "default" },
                Spec = new()
                {
                    Replicas = Math.Min(left, PodsPerDeployment),
                    Selector = new() { MatchLabels = labels },
                    Template = new() { Metadata = new() { Labels = labels }, Spec = new() { Containers = [Container] } },
                },
            });
        }

        return names;
    }

    private static Container Container { get; } = new()
    {
        Name = "pause",
        Image = "registry.k8s.io/pause:3.10",
        Resources = new() { Requests = ResourceList.Of(("cpu", Quantity.Parse("100m")), ("memory", Quantity.Parse("500Mi"))) },
    };
}
