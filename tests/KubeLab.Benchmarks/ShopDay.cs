using System.Diagnostics;
using System.Globalization;
using KubeLab.Api;

namespace KubeLab.Benchmarks;

/// <summary>A day of a shop: 100 nodes, requests as people send them from morning to night, and an autoscaler that follows them up to about 1,000 pods and down again. <c>-- shop</c></summary>
internal static class ShopDay
{
    // A pod serves 100 requests a second with all of its limit; at 60 % of the 500m that it requests, 30 of them keep one busy.
    private const string Shop = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 100
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
              - name: shop
                image: kubelab/shop
                resources: {requests: {cpu: 500m, memory: 128Mi}, limits: {cpu: "1"}}
                readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 10}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
          minReplicas: 20
          maxReplicas: 1200
          metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]
        """;

    public static void Run(string[] args)
    {
        var hours = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 24;
        Console.WriteLine("| Load | Pods | Wall | Processor time | Events | Writes | Requests | Errors | Peak memory |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        Measure("LoadShape.Day(500, 29000)", LoadShape.Day(500, 29_000), hours);
        Measure("trace shop-day", LoadShape.Trace("shop-day", TraceTimes), hours);
    }

    // The trace is of a small shop, whose busiest quarter of an hour has 140 requests a second.
    private const double TraceTimes = 29_000 / 140.0;

    private static void Measure(string name, LoadShape shape, double hours)
    {
        using var cluster = Lab.Simulate();
        cluster.AddMasters(1);
        cluster.JoinNodes("n", 100, ResourceList.Of(("cpu", Quantity.Parse("8")), ("memory", Quantity.Parse("32Gi")), ("pods", Quantity.FromValue(110))));
        cluster.Kubectl("apply -f -", Shop);
        cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
        var load = cluster.Load("shop", shape);
        var (most, least) = (0, int.MaxValue);
        var (events, revision) = (cluster.Clock.EventsRun, cluster.Store.Revision);
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        for (var minutes = 0.0; minutes < hours * 60; minutes += 10)
        {
            cluster.RunFor(TimeSpan.FromMinutes(10));
            var pods = cluster.Deployment("shop").Object!.Status.ReadyReplicas;
            (most, least) = (Math.Max(most, pods), Math.Min(least, pods));
        }

        var cpu = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {least:N0} to {most:N0} | {watch.Elapsed.TotalSeconds:0.0} s | {cpu.TotalSeconds:0.0} s | {cluster.Clock.EventsRun - events:N0} | {cluster.Store.Revision - revision:N0} | {load.Totals.Offered:N0} | {load.ErrorRate:P3} | {Environment.WorkingSet / 1e9:0.00} GB |"));
    }
}
