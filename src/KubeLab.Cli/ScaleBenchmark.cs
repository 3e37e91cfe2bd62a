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
    public static ScaleResult Run(ScaleWish wish)
    {
        using var cluster = Lab.Simulate(new SimulationOptions { Seed = wish.Seed, Record = false });
        cluster.AddMasters(wish.Masters);
        cluster.JoinNodes("node", wish.Nodes, ResourceList.Of(
            ("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("32Gi")), ("pods", Quantity.Parse("110"))));

        List<string> deployments = [];
        var allocated = GC.GetTotalAllocatedBytes();
        var fill = Measure(() => deployments = CreateDeployments(cluster.Api, wish));
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        return new ScaleResult
        {
            Wish = wish,
            Fill = fill,
            Rollout = wish.Rollout ? Measure(() => ChangeImages(cluster, deployments)) : null,
            AllocatedBytesPerPod = allocated / wish.Pods,
            PeakMemoryBytes = Process.GetCurrentProcess().PeakWorkingSet64,
            LiveMemoryBytes = GC.GetTotalMemory(forceFullCollection: true),
        };

        ScaleTimes Measure(Action begin)
        {
            var (from, events, cpu, watch) = (cluster.Now, cluster.Clock.EventsRun, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            begin();
            while (deployments.Find(n => !cluster.Deployment(n).IsAvailable) is { } name)
            {
                cluster.RunFor(TimeSpan.FromSeconds(1));
                if (cluster.Now - from > TimeSpan.FromHours(2))
                {
                    throw new UsageException($"{wish.Pods} pods do not fit on {wish.Nodes} nodes: a node holds at most 40 of them by CPU. {cluster.Deployment(name)}");
                }
            }

            return new ScaleTimes(watch.Elapsed, Environment.CpuUsage.TotalTime - cpu, cluster.Now - from, cluster.Clock.EventsRun - events);
        }
    }

    private static List<string> CreateDeployments(IKubernetesApi api, ScaleWish wish)
    {
        var names = new List<string>();
        for (var left = wish.Pods; left > 0; left -= wish.PodsPerDeployment)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"load-{names.Count}");
            names.Add(name);
            var labels = StringMap.Of(("app", name));
            api.Create(new Deployment
            {
                Metadata = new() { Name = name, Namespace = "default" },
                Spec = new()
                {
                    Replicas = Math.Min(left, wish.PodsPerDeployment),
                    Selector = new() { MatchLabels = labels },
                    Template = new() { Metadata = new() { Labels = labels }, Spec = new() { Containers = [Container] } },
                },
            });
        }

        return names;
    }

    private static void ChangeImages(SimulatedCluster cluster, List<string> deployments)
    {
        foreach (var name in deployments)
        {
            var old = cluster.Deployment(name).Object!;
            var template = old.Spec.Template;
            cluster.Api.Update(old with { Spec = old.Spec with { Template = template with { Spec = template.Spec with { Containers = [Container with { Image = "registry.k8s.io/pause:3.9" }] } } } });
        }
    }

    private static Container Container { get; } = new()
    {
        Name = "pause",
        Image = "registry.k8s.io/pause:3.10",
        Resources = new() { Requests = ResourceList.Of(("cpu", Quantity.Parse("100m")), ("memory", Quantity.Parse("500Mi"))) },
    };
}
