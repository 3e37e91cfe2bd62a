using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Charts;
using KubeLab.Etcd.Raft;
using KubeLab.Quorums;
using KubeLab.Simulation;

namespace KubeLab.Observing;

/// <summary>The pictures of a cluster: each call draws what has been recorded up to now.</summary>
public sealed partial class ClusterCharts
{
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly ClusterRecorder recorder;
    private readonly Action scrape;
    private readonly List<Prediction> predictions = [];
    private readonly Dictionary<string, DateTimeOffset> settled = new(StringComparer.Ordinal);

    /// <summary>Draws what <paramref name="recorder"/> holds; <paramref name="scrape"/> brings it up to this instant, and null asks it to do so itself.</summary>
    internal ClusterCharts(IKubernetesApi api, VirtualClock clock, ClusterRecorder recorder, Action? scrape = null)
    {
        this.scrape = scrape ?? recorder.Scrape;
        this.api = api;
        this.clock = clock;
        this.recorder = recorder;
    }

    /// <summary>The namespace that is meant where none is named.</summary>
    internal string Namespace { get; init; } = "default";

    /// <summary>The members of the store; null where nobody can look into it.</summary>
    internal Func<RaftGroup>? StoreMembers { get; init; }

    /// <summary>What vertical autoscalers recommended.</summary>
    internal VerticalRecords Recommendations { get; init; } = new();

    /// <summary>How the time on the axis is called.</summary>
    internal string TimeWord { get; init; } = "simulated time";

    /// <summary>What every picture says about its data, or null.</summary>
    internal string? Note { get; init; }

    /// <summary>CPU and memory requested, used and allocatable, beside the money, on one time axis.</summary>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    public Figure Utilisation(TimeSpan? from = null) => UtilisationChart.Of(recorder.Cpu, recorder.Memory, recorder.Money, Frame(from, "cpu", "memory", "cost", "rate"));

    /// <summary>Pods by where they are in their life, CPU, memory and money, on one time axis: the whole story in one picture.</summary>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    public Figure Overview(TimeSpan? from = null) =>
        OverviewChart.Of(recorder.Phases, recorder.Cpu, recorder.Memory, recorder.Money, Frame(from, "pods", "cpu", "memory", "cost", "rate"));

    /// <summary>How many pods are where in their life, over time.</summary>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    public Figure PodsByPhase(TimeSpan? from = null) => PodsByPhaseChart.Of(recorder.Phases, Frame(from, "pods"));

    /// <summary>How many pods each node runs now, against how many it may run.</summary>
    public Figure PodsPerNode() => PodsPerNodeChart.Of(recorder.PodsPerNode, Frame(null));

    /// <summary>How full each node is now: used, requested in vain, and free.</summary>
    public Figure Packing() => PackingChart.Of(recorder.ResourcesPerNode, Frame(null));

    /// <summary>The bill so far and its rate.</summary>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    public Figure Cost(TimeSpan? from = null) => CostChart.Of(recorder.Money, Frame(from, "cost", "rate"));

    /// <summary>What happened to which object, and when.</summary>
    /// <param name="ns">The namespace; the cluster's usual one when null.</param>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    public Figure Events(string? ns = null, TimeSpan? from = null)
    {
        var events = api.List<Event>(ns ?? Namespace).Select(e => new TimelineEvent(
            (e.LastTimestamp?.Instant ?? e.EventTime?.Instant ?? e.Metadata.CreationTimestamp?.Instant)!.Value,
            $"{e.InvolvedObject.Kind?.ToLowerInvariant()}/{e.InvolvedObject.Name}",
            e.Reason ?? "",
            e.Type == "Warning",
            e.Message ?? ""));
        return EventsTimelineChart.Of([.. events], Frame(from));
    }

    /// <summary>The saw-tooth of a crash-looping container: the wait before each restart, and the restarts.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container; may be null when the pod has one only.</param>
    /// <param name="ns">The namespace; the cluster's usual one when null.</param>
    public Figure Backoff(string pod, string? container = null, string? ns = null)
    {
        var history = recorder.RestartsOf(new ObjectKey(ns ?? Namespace, pod), container);
        return BackoffChart.Of(history.Container, history.Delay, history.Restarts, Frame(history.From - recorder.Started));
    }

    /// <summary>What clients sent to a service, what came of it, and how long answers took.</summary>
    /// <param name="load">The clients, from <see cref="Cluster.Load(string, LoadShape, string, TimeSpan?)"/>.</param>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    public Figure Traffic(RequestLoad load, TimeSpan? from = null)
    {
        ArgumentNullException.ThrowIfNull(load);
        return TrafficChart.Of(
            load.Service,
            TrafficOf(load),
            Frame(from, "requests", "latency"));
    }

    /// <summary>What a container uses and requests, and between which bounds a vertical autoscaler recommends what, over time.</summary>
    /// <param name="name">The <c>VerticalPodAutoscaler</c>.</param>
    /// <param name="container">The container; may be null when the pods have one only.</param>
    /// <param name="ns">The namespace; the cluster's usual one when null.</param>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    /// <exception cref="ArgumentException">Nothing has been recommended; the message says what has been.</exception>
    public Figure VerticalPodAutoscaler(string name, string? container = null, string? ns = null, TimeSpan? from = null)
    {
        var (found, cpu, memory) = Recommendations.Of(new ObjectKey(ns ?? Namespace, name), container);
        return VerticalChart.Of($"{name}, container {found}", cpu, memory, Frame(from, "cpu", "memory"));
    }

    /// <summary>Who led the members of the store and in which term, elections, members that were down, and when no majority could be reached.</summary>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    /// <exception cref="NotSupportedException">The cluster is real: nobody looks into its store.</exception>
    public Figure Masters(TimeSpan? from = null) => GroupPictures.Members(
        Store().Journal ?? throw new ArgumentException("a picture of masters needs at least one: call AddMasters(1) first"), Frame(from));

    /// <summary>How far the log of each member of the store is.</summary>
    /// <exception cref="NotSupportedException">The cluster is real: nobody looks into its store.</exception>
    public Figure Logs() => GroupPictures.Logs(Store());

    /// <summary>Draws a learner's guess over what happened, in every later chart that has the panel; a new guess takes the place of an older one with its label.</summary>
    public void Overlay(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        predictions.RemoveAll(p => p.Label == prediction.Label && p.Panel == prediction.Panel);
        predictions.Add(prediction);
    }

    /// <summary>A guess was compared with what happened: charts that begin later leave it out, since it is not about them.</summary>
    internal void Settle(string label) => settled[label] = clock.Now;

    private RaftGroup Store() => StoreMembers?.Invoke()
        ?? throw new NotSupportedException("only a simulated cluster shows the members of its store; on a real one, etcdctl endpoint status says who leads");

    /// <summary>Everything around a chart; of the predictions, those about one of its panels.</summary>
    private Frame Frame(TimeSpan? from, params ReadOnlySpan<string> panels)
    {
        scrape();
        var shown = new List<Prediction>();
        foreach (var prediction in predictions)
        {
            var isPast = from is { } left && settled.TryGetValue(prediction.Label, out var at) && at <= recorder.Started + left;
            if (!isPast && prediction.Panel is { } panel && panels.Contains(panel))
            {
                shown.Add(prediction);
            }
        }

        return new Frame
        {
            LabStarted = recorder.Started,
            From = from is { } span ? recorder.Started + span : null,
            To = clock.Now,
            TimeWord = TimeWord,
            Note = panels.Contains("cpu") || panels.Length == 0 ? Note : null,
            Markers = recorder.Markers,
            Predictions = shown,
        };
    }
}
