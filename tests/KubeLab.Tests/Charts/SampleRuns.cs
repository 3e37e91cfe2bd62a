using KubeLab.Charts;
using KubeLab.Simulation;

namespace KubeLab.Tests.Charts;

/// <summary>Recorded runs to draw: made up by formulas, so that they are the same for ever.</summary>
public static class SampleRuns
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private const double GiB = 1L << 30;

    public static IReadOnlyDictionary<string, Func<Figure>> Figures { get; } = new Dictionary<string, Func<Figure>>
    {
        ["overview"] = Overview,
        ["utilisation"] = Utilisation,
        ["utilisation-one-sample"] = () =>
            UtilisationChart.Of(Flat("cores", 1, 0.5, 4), Flat("bytes", GiB, GiB / 2, 8 * GiB), FlatMoney(), Minutes(0)),
        ["pods-by-phase"] = PodsByPhase,
        ["pods-by-phase-days"] = PodsByPhaseDays,
        ["pods-per-node"] = () =>
            PodsPerNodeChart.Of([.. Enumerable.Range(1, 6).Select(i => PodsOn($"workers-{i}", i * 7 % 11, 12))], Minutes(12)),
        ["pods-per-node-roomy"] = () =>
            PodsPerNodeChart.Of([.. Enumerable.Range(1, 12).Select(i => PodsOn($"gke-lab-3f2a-{i:00}", i * 5 % 9, 110))], Minutes(12)),
        ["pods-per-node-map"] = () =>
            PodsPerNodeChart.Of([.. Enumerable.Range(1, 400).Select(i => PodsOn($"workers-{i}", i * i % 111, 110))], Minutes(75)),
        ["events"] = Events,
        ["events-many"] = EventsMany,
        ["backoff"] = Backoff,
        ["packing"] = () => PackingChart.Of([.. Enumerable.Range(1, 6).Select(i => NodeOf(i, $"workers-{i}"))], Minutes(12)),
        ["packing-many"] = () => PackingChart.Of([.. Enumerable.Range(1, 300).Select(i => NodeOf(i, $"workers-{i}"))], Minutes(12)),
        ["score-map"] = SampleScores.Few,
        ["score-map-many"] = SampleScores.Many,
        ["members"] = SampleMasters.Members,
        ["write-story"] = SampleMasters.Write,
        ["log-bars"] = SampleMasters.Logs,
        ["availability"] = SampleMasters.Availability,
        ["write-latency"] = SampleMasters.Latency,
        ["time-price-plane"] = () => TimePricePlaneChart.Of(
            [new("12 x e2-standard-4", 45.2, 74), new("24 x e2-standard-4", 23.9, 73), new("90 x e2-standard-4", 7.1, 76), new("90 x c2-standard-4", 5, 83)],
            [.. KubeLab.Physics.PfNanoRun.Measured()],
            "CHF",
            "353 files on clusters of different sizes"),
        ["cost-split"] = SampleMoney.Split,
        ["cost-split-many"] = SampleMoney.SplitOfMany,
        ["price-comparison"] = SampleMoney.Elsewhere,
        ["spot"] = SampleMoney.Spot,
        ["traffic"] = Traffic,
        ["vertical"] = Vertical,
        ["policies"] = SamplePolicies.Few,
        ["policies-many"] = SamplePolicies.Sweep,
        ["policy-plane"] = SamplePolicies.Plane,
        ["policy-plane-many"] = SamplePolicies.PlaneOfMany,
        ["packing-map"] = () => SamplePacking.Map(4),
        ["packing-map-many"] = () => SamplePacking.Map(100),
        ["treemap"] = () => SamplePacking.Treemap(4),
        ["treemap-many"] = () => SamplePacking.Treemap(100),
        ["delays"] = SampleScaling.Delays,
        ["rollout"] = SampleScaling.Rollout,
        ["autoscaling"] = SampleScaling.Autoscaling,
        ["autoscaling-two"] = SampleScaling.AutoscalingTwo,
        ["cost"] = () => CostChart.Of(Money(180, 60), Minutes(180) with { Predictions = [Prediction.Of("budget", 2.5)] }),
    };

    /// <summary>A rush for three minutes of ten: queues fill, requests are refused, probes fail, for half a minute nobody answers.</summary>
    private static Figure Traffic()
    {
        static bool Rush(double minute) => minute is >= 4 and < 7;
        static bool Outage(double minute) => minute is >= 5.5 and < 6;
        double Latency(double minute, double factor) => Outage(minute) ? double.NaN : factor * (Rush(minute) ? 200 + (400 * Math.Min(minute - 4, 1)) : 40);
        return TrafficChart.Of(
            "shop",
            new TrafficSeries(
                Series("offered", "requests/s", 10, m => Rush(m) ? 300 : 60),
                Series("served", "requests/s", 10, m => Outage(m) ? 0 : Rush(m) ? 150 : 60),
                Series("refused", "requests/s", 10, m => Rush(m) && !Outage(m) ? 120 : 0),
                Series("timed out", "requests/s", 10, m => Rush(m) && !Outage(m) ? 30 : 0),
                Series("no endpoint", "requests/s", 10, m => Outage(m) ? 300 : 0),
                Series("p50", "ms", 10, m => Latency(m, 1)),
                Series("p95", "ms", 10, m => Latency(m, 3)),
                Series("p99", "ms", 10, m => Latency(m, 4.6))),
            Minutes(10) with { Markers = [new EventMarker(Start.AddMinutes(1), "load on shop begins")], Predictions = [Prediction.Of("my guess", 400) with { Panel = "latency" }] });
    }

    /// <summary>A container that uses 200m on average and asked for 50m; after a quarter of an hour it gets what is recommended, and the upper bound comes down.</summary>
    private static Figure Vertical()
    {
        const double Mebi = 1024 * 1024;
        RecommendationSeries Of(string unit, double used, double asked, double target) => new(
            Series("used", unit, 720, m => used * (1 + (0.1 * Math.Sin(m / 40))), 60),
            Series("used at most", unit, 720, m => used * (1.2 + (0.1 * Math.Sin(m / 25))), 60),
            Series("requested", unit, 720, m => m < 15 ? asked : target, 60),
            Series("lower bound", unit, 720, m => target * 0.85 * Math.Pow(1 + (1.44 / (m + 1)), -2), 60),
            Series("target", unit, 720, m => target, 60),
            Series("upper bound", unit, 720, m => target * (1 + (1440 / (m + 1))), 60));
        return VerticalChart.Of(
            "shop, container shop", Of("cores", 0.2, 0.05, 0.247), Of("bytes", 180 * Mebi, 64 * Mebi, 250 * Mebi), Minutes(720) with { Markers = [new EventMarker(Start.AddMinutes(15), "evicted")] });
    }

    public static Frame Minutes(double minutes) => new() { LabStarted = Start, To = Start.AddMinutes(minutes) };

    public static TimeSeries Series(string name, string unit, double minutes, Func<double, double> value, double everySeconds = 15)
    {
        var series = new TimeSeries(name, unit);
        for (double second = 0; second <= minutes * 60; second += everySeconds)
        {
            series.Record(Start.AddSeconds(second), value(second / 60));
        }

        return series;
    }

    /// <summary>A run of an hour in which a thousand nodes and thirty thousand pods change state every second.</summary>
    public static TimeSeries[] BusyHour() =>
    [
        Series("Running", "pods", 60, minute => Math.Floor(Math.Min(30000, minute * 1500) + (20 * Math.Sin(minute * 40))), 0.25),
        Series("Pending", "pods", 60, minute => Math.Floor(Math.Max(0, 30000 - (minute * 1700)) * (1 + Math.Sin(minute * 31))), 0.25),
        Series(
            "ContainerCreating",
            "pods",
            60,
            minute => minute is > 31.2 and < 31.21 ? 900 : Math.Floor(Math.Abs(300 * Math.Sin(minute * 7))),
            0.25),
    ];

    private static Figure Utilisation() => UtilisationChart.Of(Cpu(), Memory(), Money(12), Eventful());

    private static Figure Overview() => OverviewChart.Of(
        [
            Series("Pending", "pods", 12, minute => minute switch { > 1 and < 1.5 => 6, > 4 and < 4.5 => 9, > 6.7 and < 7.2 => 5, _ => 0 }),
            Series("Running", "pods", 12, minute => minute < 1.5 ? 0 : minute < 4.5 ? 6 : minute is > 6.7 and < 7.2 ? 10 : 15),
        ],
        Cpu(),
        Memory(),
        Money(12),
        Eventful() with { Predictions = [Prediction.Of("my guess", 9)] });

    private static ResourceSeries Cpu()
    {
        var requested = Series("requested", "cores", 12, minute => minute < 1 ? 0 : minute is > 6.2 and < 6.9 ? 4.5 : minute < 4 ? 3 : 7.5);
        return new ResourceSeries(
            requested,
            Series("used", "cores", 12, minute => requested.ValueAt(Start.AddMinutes(minute)) * (0.55 + (0.25 * Math.Sin(minute * 2.1)))),
            Series("allocatable", "cores", 12, minute => minute < 0.75 ? 0 : minute is > 6 and < 8.5 ? 7.84 : 11.76));
    }

    private static ResourceSeries Memory() => new(
        Series("requested", "bytes", 12, minute => GiB * (minute < 1 ? 0.8 : minute < 4 ? 6 : 15)),
        Series("used", "bytes", 12, minute => GiB * (minute < 1 ? 0.3 : minute < 4 ? 4 + (0.3 * minute) : 11 + Math.Sin(minute))),
        Series("allocatable", "bytes", 12, minute => GiB * (minute < 0.75 ? 0 : minute is > 6 and < 8.5 ? 26.4 : 39.6)));

    private static Frame Eventful() => Minutes(12) with
    {
        Markers =
        [
            new(Start.AddMinutes(1), "web created"), new(Start.AddMinutes(4), "scaled to 15"), new(Start.AddMinutes(6), "workers-2 lost"),
            new(Start.AddMinutes(6.7), "pods evicted"),
            new(Start.AddMinutes(8.5), "workers-2 is back"), new(Start.AddMinutes(11.6), "done"),
        ],
        Predictions = [Prediction.Of("my guess", 6)],
    };

    private static MoneySeries Money(double minutes, double everySeconds = 15)
    {
        TimeSeries[] parts =
        [
            Series("used", "USD/h", minutes, minute => 0.12 + (0.04 * Math.Sin(minute / 3)), everySeconds),
            Series("requested but idle", "USD/h", minutes, minute => 0.14 - (0.04 * Math.Sin(minute / 3)), everySeconds),
            Series("unallocated", "USD/h", minutes, minute => minute < minutes / 3 ? 0.27 : 0.14, everySeconds),
            Series("control plane", "USD/h", minutes, _ => 0.1, everySeconds),
        ];
        var rate = Series("rate", "USD/h", minutes, minute => parts.Sum(part => part.ValueAt(Start.AddMinutes(minute))), everySeconds);
        var bill = Series("bill", "USD", minutes, minute => rate.Integral(Start, Start.AddMinutes(minute)) / 3600, everySeconds);
        return new MoneySeries(bill, rate, parts);
    }

    private static MoneySeries FlatMoney() => new(Series("bill", "USD", 0, _ => 0), Series("rate", "USD/h", 0, _ => 0.5));

    private static ResourceSeries Flat(string unit, double requested, double used, double allocatable) =>
        new(Constant("requested", unit, requested), Constant("used", unit, used), Constant("allocatable", unit, allocatable));

    private static TimeSeries Constant(string name, string unit, double value) => Series(name, unit, 0, _ => value);

    private static Figure PodsByPhase()
    {
        TimeSeries[] phases =
        [
            Series("Pending", "pods", 9, minute => minute is > 0.5 and < 1.25 ? 12 : minute is > 4 and < 5.5 ? 4 : 0, 5),
            Series("ContainerCreating", "pods", 9, minute => minute is >= 1.25 and < 2 ? 12 : minute is >= 5.5 and < 6 ? 4 : 0, 5),
            Series("Running", "pods", 9, minute => minute < 2 ? 0 : minute is > 4 and < 6 ? 8 : minute > 8 ? 9 : 12, 5),
            Series("CrashLoopBackOff", "pods", 9, minute => minute > 8 ? 2 : 0, 5),
            Series("Failed", "pods", 9, minute => minute > 4.5 ? 1 : 0, 5),
            Series("Succeeded", "pods", 9, minute => minute > 7 ? 1 : 0, 5),
            Series("Unknown", "pods", 9, _ => 0, 5),
        ];
        var guess = new[] { new Sample(Start, 0), new Sample(Start.AddMinutes(1), 12), new Sample(Start.AddMinutes(9), 12) };
        var frame = Minutes(9) with { Markers = [new(Start.AddMinutes(4), "worker lost")], Predictions = [new("my curve", guess)] };
        return PodsByPhaseChart.Of(phases, frame);
    }

    private static Figure PodsByPhaseDays() => PodsByPhaseChart.Of(
        [
            Series("Running", "pods", 5000, minute => Math.Floor(200 + (100 * Math.Sin(minute / 229))), 1200),
            Series("Pending", "pods", 5000, minute => minute % 1440 < 60 ? 40 : 0, 1200),
        ],
        Minutes(5000));

    private static PodsOnNode PodsOn(string node, double pods, double capacity) =>
        new(node, Series("pods", "pods", 0, _ => pods), Series("capacity", "pods", 0, _ => capacity));

    private static ResourcesOfNode NodeOf(int i, string node)
    {
        var share = 0.15 + (i * 37 % 83 / 100.0);
        return new ResourcesOfNode(
            node,
            Flat("cores", 3.92 * share, 3.92 * share * (i % 4 == 0 ? 1.2 : 0.6), 3.92),
            Flat("bytes", 13.2 * GiB * share * 0.8, 13.2 * GiB * share * 0.5, 13.2 * GiB));
    }

    private static Figure Events()
    {
        string[] pods = ["pod/web-7d4b9c5f6-x2x9z", "pod/web-7d4b9c5f6-qk8lm", "pod/batch-0"];
        var events = new List<TimelineEvent> { new(Start, "deployment/web", "ScalingReplicaSet", false, "Scaled up web from 0 to 2") };
        for (var i = 0; i < pods.Length; i++)
        {
            events.Add(new(Start.AddSeconds(2 + (i * 20)), pods[i], "Scheduled", false, $"Successfully assigned {pods[i]} to workers-1"));
            events.Add(new(Start.AddSeconds(4 + (i * 20)), pods[i], "Pulling", false, "Pulling image \"nginx:1.27\""));
            events.Add(new(Start.AddSeconds(15 + (i * 20)), pods[i], "Pulled", false, "Successfully pulled image"));
            events.Add(new(Start.AddSeconds(16 + (i * 20)), pods[i], "Started", false, "Started container web"));
        }

        events.AddRange(Enumerable.Range(0, 5).Select(i => Start.AddSeconds(90 + (10 * Math.Pow(2, i))))
            .Select(at => new TimelineEvent(at, pods[2], "BackOff", true, "Back-off restarting failed container <main>")));
        events.Add(new(Start.AddSeconds(120), "pod/big", "FailedScheduling", true, "0/3 nodes are available: 3 Insufficient cpu."));
        events.Add(new(Start.AddSeconds(200), "node/workers-2", "NodeNotReady", false, "Node workers-2 status is now: NodeNotReady"));
        return EventsTimelineChart.Of(events, Minutes(6) with { Markers = [new(Start.AddSeconds(160), "workers-2 lost")] });
    }

    private static Figure EventsMany()
    {
        string[] reasons =
        [
            "BackOff", "Unhealthy", "FailedScheduling", "Evicted", "Scheduled", "Pulling", "Pulled",
            "Created", "Started", "Killing", "NodeReady", "SuccessfulCreate", "ScalingReplicaSet",
        ];
        var events = Enumerable.Range(0, 4000).Select(i => (Reason: i * 31 % reasons.Length, Pod: i % 500, Second: i * 7919 % 3600))
            .Select(one => (one, At: Start.AddSeconds(one.Second), Pod: $"pod/web-{one.Pod}"))
            .Select(row => new TimelineEvent(row.At, row.Pod, reasons[row.one.Reason], row.one.Reason < 4, "it happened"));
        return EventsTimelineChart.Of([.. events], Minutes(60));
    }

    private static Figure Backoff()
    {
        var delay = new TimeSeries("delay", "seconds");
        var restarts = new TimeSeries("restarts", "restarts");
        var (at, seconds) = (Start, 10.0);
        delay.Record(at, 0);
        restarts.Record(at, 0);
        for (var i = 1; at < Start.AddMinutes(26); i++)
        {
            at = at.AddSeconds(4);
            delay.Record(at, seconds);
            at = at.AddSeconds(seconds);
            delay.Record(at, 0);
            restarts.Record(at, i);
            seconds = Math.Min(300, seconds * 2);
        }

        var frame = Minutes(27) with { Predictions = [Prediction.Of("my guess", 4, "restarts")] };
        return BackoffChart.Of("web-0/main", delay, restarts, frame);
    }
}
