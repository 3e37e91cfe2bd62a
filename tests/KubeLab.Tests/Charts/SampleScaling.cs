using KubeLab.Charts;

namespace KubeLab.Tests.Charts;

/// <summary>A load step with an autoscaler behind it, made up.</summary>
internal static class SampleScaling
{
    public static Figure Autoscaling() => AutoscalingChart.Of(
        "shop",
        Traffic(),
        [Replicas("shop", 2, 9)],
        Nodes(),
        Money(),
        SampleRuns.Minutes(20) with
        {
            Markers = [new(SampleRuns.Start.AddMinutes(5), "load on shop: 300/s"), new(SampleRuns.Start.AddMinutes(15), "load falls")],
            Predictions = [Prediction.Of("my guess", 7, "replicas"), Prediction.Of("my bound", 250, "latency")],
        });

    public static Figure AutoscalingTwo() =>
        AutoscalingChart.Of("shop", Traffic(), [Replicas("shop", 2, 9), Replicas("search", 1, 4)], Nodes(), Money(), SampleRuns.Minutes(20));

    public static Figure Rollout() => RolloutChart.Of(
        "shop",
        [
            new("version 1.0", SampleRuns.Series("existing", "pods", 20, m => m < 4 ? 10 : m < 8 ? 8 : m < 12 ? 3 : 0), SampleRuns.Series("ready", "pods", 20, m => m < 4 ? 10 : m < 8 ? 8 : m < 12 ? 3 : 0)),
            new("version 2.0", SampleRuns.Series("existing", "pods", 20, m => m < 4 ? 0 : m < 8 ? 5 : 10), SampleRuns.Series("ready", "pods", 20, m => m < 7 ? 0 : m < 11 ? 5 : 10)),
        ],
        Traffic(),
        SampleRuns.Minutes(20) with { Predictions = [Prediction.Of("my guess", 13, "copies")] });

    public static Figure Delays() => DelayChart.Of(
        "shop",
        "shop-6b7f9-x2x9z",
        [
            new("metrics server: next scrape", DelayStage.Measuring, 0, 8.5),
            new("metrics server: mean over scrapes catches up", DelayStage.Measuring, 8.5, 23.5),
            new("horizontal autoscaler: next look", DelayStage.Deciding, 23.5, 30.1),
            new("controllers make the pod", DelayStage.Deciding, 30.1, 30.15),
            new("pending: until a machine is asked for", DelayStage.Deciding, 30.15, 41),
            new("machine: provisioning", DelayStage.Machine, 41, 96),
            new("machine: boot", DelayStage.Machine, 96, 139),
            new("node: becoming ready", DelayStage.Machine, 139, 149.5),
            new("scheduler", DelayStage.Deciding, 149.5, 149.6),
            new("image pull", DelayStage.Pod, 149.6, 158),
            new("sandbox and container start", DelayStage.Pod, 158, 160.2),
            new("readiness", DelayStage.Pod, 160.2, 165.2),
            new("endpoints and proxies", DelayStage.Routing, 165.2, 165.5),
            new("until all is served", DelayStage.Routing, 165.5, 180),
        ]);

    private static TrafficSeries Traffic()
    {
        static bool Rush(double m) => m is >= 5 and < 15;
        static double Served(double m) => !Rush(m) ? 60 : m < 6 ? 100 : m < 9 ? 200 : 300;
        return new TrafficSeries(
            SampleRuns.Series("offered", "requests/s", 20, m => Rush(m) ? 300 : 60),
            SampleRuns.Series("served", "requests/s", 20, Served),
            SampleRuns.Series("refused", "requests/s", 20, m => Rush(m) ? 300 - Served(m) : 0),
            SampleRuns.Series("timed out", "requests/s", 20, _ => 0),
            SampleRuns.Series("no endpoint", "requests/s", 20, _ => 0),
            SampleRuns.Series("p50", "ms", 20, m => Rush(m) && m < 9 ? 600 : 30),
            SampleRuns.Series("p95", "ms", 20, m => Rush(m) && m < 9 ? 2000 : 90),
            SampleRuns.Series("p99", "ms", 20, m => Rush(m) && m < 9 ? 4000 : 140));
    }

    private static ReplicaSeries Replicas(string name, double low, double high) => new(
        name,
        SampleRuns.Series("wanted", "pods", 20, m => m < 5.5 ? low : m < 19 ? high : low),
        SampleRuns.Series("existing", "pods", 20, m => m < 5.75 ? low : m < 19.25 ? high : low),
        SampleRuns.Series("ready", "pods", 20, m => m < 6 ? low : m < 9 ? (low + high) / 2 : m < 19.25 ? high : low),
        SampleRuns.Series("held", "pods", 20, m => m is >= 15.5 and < 19 ? 1 : 0),
        (int)low,
        (int)high);

    private static NodeSeries Nodes() => new(
        SampleRuns.Series("ready", "nodes", 20, m => m < 8 ? 2 : 4),
        SampleRuns.Series("not ready", "nodes", 20, m => m is >= 7.5 and < 8 ? 2 : 0),
        SampleRuns.Series("booting", "nodes", 20, m => m is >= 6 and < 7.5 ? 2 : 0));

    private static MoneySeries Money() => new(
        SampleRuns.Series("bill", "USD", 20, m => (m * 0.004) + (Math.Max(0, m - 7) * 0.003)),
        SampleRuns.Series("rate", "USD/h", 20, m => m < 7 ? 0.24 : 0.42));
}
