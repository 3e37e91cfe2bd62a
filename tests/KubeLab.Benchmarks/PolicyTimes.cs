using System.Diagnostics;
using System.Globalization;
using KubeLab.Policies;
using KubeLab.Simulated;

namespace KubeLab.Benchmarks;

/// <summary>What a sweep of policies takes on one core and on two. <c>-- policies</c></summary>
internal static class PolicyTimes
{
    private const string Shop = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 2
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
              - name: shop
                image: kubelab/server
                env: [{name: CPU_MS_PER_REQUEST, value: "10"}, {name: CPU_MILLIS, value: "0"}]
                resources: {requests: {cpu: 250m}, limits: {cpu: 500m}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        """;

    public static void Run(int policies)
    {
        var sweep = Policy.Sweep(
            "target",
            Enumerable.Range(0, (policies + 4) / 5).Select(i => 30 + (5 * i)),
            "max",
            [4, 6, 8, 10, 12],
            (c, target, max) => c.Kubectl(string.Create(CultureInfo.InvariantCulture, $"autoscale deployment shop --min=2 --max={max} --cpu-percent={target}")));
        Measure([.. sweep.Take(2)], 1);
        Console.WriteLine("| Policies | Workers | Wall | CPU | Runs per second | GC heap after |\n|---:|---:|---:|---:|---:|---:|");
        var (one, first) = Measure(sweep, 1);
        var (two, second) = Measure(sweep, 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n1 worker : 2 workers = {one / two:0.00} : 1; same bytes: {first == second}"));
    }

    private static (double Seconds, string Result) Measure(IReadOnlyList<Policy> sweep, int workers)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var result = Lab.Compare(Open, sweep, [1], TimeSpan.FromHours(1), workers, _ => { });
        var (wall, used) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        foreach (var failure in result.Failures)
        {
            Console.WriteLine(failure);
        }

        if (sweep.Count > 2)
        {
            var heap = GC.GetTotalMemory(true) / (1024.0 * 1024);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {sweep.Count} | {workers} | {wall:0.0} s | {used:0.0} s | {sweep.Count / wall:0.0} | {heap:0} MiB |"));
        }

        return (wall, result.ToString());
    }

    /// <summary>Six workers, and an hour with a rush.</summary>
    private static SimulatedCluster Open(long seed)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = seed });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-2", 6);
        cluster.Apply(Shop);
        cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
        cluster.Load("shop", LoadShape.FlashSale(40, 300, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15)));
        return cluster;
    }
}
