using System.Diagnostics;
using System.Globalization;
using KubeLab.Simulated;

namespace KubeLab.Benchmarks;

/// <summary>What a sweep of policies takes on one core and on two. <c>-- policies</c></summary>
internal static class PolicyTimes
{
    private const int Rounds = 3;

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

        // Until the compiler has seen where the time goes, the first runs are slower than the others.
        Lab.Compare(Open, sweep, [1], TimeSpan.FromHours(1), 2, _ => { });
        Console.WriteLine("| Policies | Workers | Wall | CPU | Runs per second | GC heap after |\n|---:|---:|---:|---:|---:|---:|");
        var (ones, twos) = (new List<double>(), new List<double>());
        var results = new HashSet<string>();
        for (var i = 0; i < Rounds; i++)
        {
            ones.Add(Measure(sweep, 1, results));
            twos.Add(Measure(sweep, 2, results));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nleast wall of {Rounds}: 1 worker : 2 workers = {ones.Min() / twos.Min():0.00} : 1; different results: {results.Count}"));
    }

    private static double Measure(IReadOnlyList<Policy> sweep, int workers, HashSet<string> results)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var result = Lab.Compare(Open, sweep, [1], TimeSpan.FromHours(1), workers, _ => { });
        var (wall, used) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        foreach (var failure in result.Failures)
        {
            Console.WriteLine(failure);
        }

        var heap = GC.GetTotalMemory(true) / (1024.0 * 1024);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {sweep.Count} | {workers} | {wall:0.0} s | {used:0.0} s | {sweep.Count / wall:0.0} | {heap:0} MiB |"));
        results.Add(result.ToString());
        return wall;
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
