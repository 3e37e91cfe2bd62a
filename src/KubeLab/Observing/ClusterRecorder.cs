using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Charts;
using KubeLab.Client.Informing;
using KubeLab.Observing.Costs;
using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Observing;

/// <summary>Records what the cluster requests, uses and offers, where its pods are in their life, and what it costs.</summary>
/// <remarks>
/// It is one more client: requests, allocatable and phases come from watches and are recorded when they change; what is used is asked of the kubelets
/// every <see cref="ScrapeInterval"/>, as a metrics server does; money is read at the same moments.
/// </remarks>
public sealed class ClusterRecorder
{
    /// <summary>The time between two looks at what is used.</summary>
    public static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(15);

    private readonly VirtualClock clock;
    private readonly Func<string, NodeUsage?>? usageOf;
    private readonly Func<(decimal Total, decimal PerHour)?>? money;
    private readonly Informer<Pod> pods;
    private readonly Informer<Node> nodes;
    private readonly OrderedDictionary<string, NodeRecord> byNode = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (TimeSeries Series, int Count)> phases = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectKey, Counted> counted = [];
    private readonly Dictionary<(ObjectKey Pod, string Container), RestartHistory> restarts = [];
    private readonly List<EventMarker> markers = [];
    private readonly ResourceTally requested = new("requested");
    private readonly ResourceTally used = new("used");
    private readonly ResourceTally allocatable = new("allocatable");
    private readonly TimeSeries total;
    private readonly TimeSeries perHour;
    private readonly HashSet<ObjectKey> disrupted = [];
    private int disruptedBefore;
    private bool flushing;

    /// <summary>Makes a stopped one.</summary>
    /// <param name="api">The server.</param>
    /// <param name="clock">The clock it records by.</param>
    /// <param name="usageOf">What a node uses now, null when it cannot be asked; itself null where nobody measures.</param>
    /// <param name="currency">The currency of the bill.</param>
    /// <param name="money">The bill so far and its rate per hour, null while nobody knows; itself null where nobody ever does.</param>
    public ClusterRecorder(
        IKubernetesApi api, VirtualClock clock, Func<string, NodeUsage?>? usageOf, string currency, Func<(decimal Total, decimal PerHour)?>? money)
    {
        this.clock = clock;
        this.usageOf = usageOf;
        this.money = money;
        Started = clock.Now;
        total = new TimeSeries("cost so far", currency);
        perHour = new TimeSeries("cost per hour", $"{currency}/h");
        pods = new Informer<Pod>(api, clock, Pod.Resource);
        nodes = new Informer<Node>(api, clock, Node.Resource);
        nodes.Added += OnNode;
        nodes.Updated += (_, node) => OnNode(node);
        nodes.Deleted += OnNodeGone;
        pods.Added += OnPod;
        pods.Updated += (_, pod) => OnPod(pod);
        pods.Deleted += OnPodGone;
        Scaling = new ScalingRecorder(api, clock, pods, nodes);
    }

    /// <summary>When recording began; charts call it 0:00.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>CPU of the whole cluster, in cores.</summary>
    public ResourceSeries Cpu => new(requested.Cpu, used.Cpu, allocatable.Cpu);

    /// <summary>Memory of the whole cluster, in bytes.</summary>
    public ResourceSeries Memory => new(requested.Memory, used.Memory, allocatable.Memory);

    /// <summary>What it costs.</summary>
    public MoneySeries Money => new(total, perHour);

    /// <summary>Pods by where they are in their life, one series per word.</summary>
    public IReadOnlyList<TimeSeries> Phases => [.. phases.Values.Select(p => p.Series)];

    /// <summary>The pods of each node, in the order in which the nodes came.</summary>
    public IReadOnlyList<PodsOnNode> PodsPerNode => [.. byNode.Values.Select(n => n.AsPods())];

    /// <summary>CPU and memory of each node, in the order in which the nodes came.</summary>
    public IReadOnlyList<ResourcesOfNode> ResourcesPerNode => [.. byNode.Values.Select(n => n.AsResources())];

    /// <summary>What was done to the cluster, for vertical lines in charts.</summary>
    public IReadOnlyList<EventMarker> Markers => markers;

    /// <summary>How many pods were made to go by somebody else than their owner: evicted, pre-empted, or lost with their node.</summary>
    public TimeSeries Evictions { get; } = new("evictions", "pods");

    /// <summary>How often containers were started again.</summary>
    public double Restarts => restarts.Values.Sum(r => r.Restarts.Latest);

    /// <summary>For what and for whom the money is spent; null where nobody knows prices.</summary>
    internal CostLedger? Ledger { get; set; }

    /// <summary>The ready pods of each workload.</summary>
    internal WorkloadRecords Workloads { get; } = new();

    /// <summary>Copies and nodes by number, and when each came to life.</summary>
    internal ScalingRecorder Scaling { get; }

    /// <summary>What a node uses now; null where nobody measures, or when it cannot be asked.</summary>
    internal NodeUsage? UsageNow(string node) => usageOf?.Invoke(node);

    /// <summary>When a node was last cordoned; null when it never was.</summary>
    internal DateTimeOffset? CordonedAt(string node) => byNode.GetValueOrDefault(node)?.CordonedAt;

    /// <summary>Begins to record.</summary>
    public void Start()
    {
        nodes.Start();
        pods.Start();
        Scaling.Start();
        Scrape();
        clock.Every(ScrapeInterval, Scrape);
    }

    /// <summary>Notes that something was done now, in a few words.</summary>
    public void Mark(string label) => markers.Add(new EventMarker(clock.Now, label));

    /// <summary>Brings what is used and the money up to this instant, before a chart is drawn.</summary>
    public void Scrape()
    {
        if (usageOf is not null)
        {
            ScrapeUsage(usageOf);
        }

        Ledger?.Flush();
        RecordMoney();
    }

    private void ScrapeUsage(Func<string, NodeUsage?> usageOf)
    {
        used.MilliCpu = 0;
        used.MemoryBytes = 0;
        foreach (var node in byNode.Values)
        {
            var usage = usageOf(node.Name);
            Ledger?.OnUsage(node.Name, usage);
            node.Used.MilliCpu = usage?.CpuMillis ?? 0;
            node.Used.MemoryBytes = usage?.MemoryBytes ?? 0;
            node.Used.Record(clock.Now);
            used.Add(node.Used.MilliCpu, node.Used.MemoryBytes);
        }

        used.Record(clock.Now);
    }

    private void RecordMoney()
    {
        if (money?.Invoke() is var (sum, rate))
        {
            total.Record(clock.Now, (double)sum);
            perHour.Record(clock.Now, (double)rate);
        }
    }

    private void OnNode(Node node)
    {
        var record = RecordOf(node.Metadata.Name!);
        var now = ResourceVector.From(node.Status.Allocatable);
        allocatable.Add(now.MilliCpu - record.Allocatable.MilliCpu, now.MemoryBytes - record.Allocatable.MemoryBytes);
        record.Allocatable.MilliCpu = now.MilliCpu;
        record.Allocatable.MemoryBytes = now.MemoryBytes;
        record.PodCapacityNow = now.Pods;
        if (node.Spec.Unschedulable == true && !record.IsCordoned)
        {
            record.CordonedAt = clock.Now;
        }

        record.IsCordoned = node.Spec.Unschedulable == true;
        Ledger?.OnNode(node);
        Changed(record);
    }

    private void OnNodeGone(Node node)
    {
        var record = RecordOf(node.Metadata.Name!);
        allocatable.Add(-record.Allocatable.MilliCpu, -record.Allocatable.MemoryBytes);
        record.Allocatable.MilliCpu = 0;
        record.Allocatable.MemoryBytes = 0;
        record.PodCapacityNow = 0;
        Ledger?.OnNodeGone(record.Name);
        Changed(record);
    }

    /// <summary>The restarts of a container that was restarted at least once or waits to be.</summary>
    /// <exception cref="ArgumentException">The container was never restarted.</exception>
    internal RestartHistory RestartsOf(ObjectKey pod, string? container)
    {
        var found = restarts.Where(r => r.Key.Pod == pod && (container is null || r.Key.Container == container)).Select(r => r.Value).FirstOrDefault();
        return found ?? throw new ArgumentException(
            $"no container{(container is null ? "" : $" \"{container}\"")} of pod {pod} was restarted; the restarted ones are: "
            + string.Join(", ", restarts.Keys.Select(k => $"{k.Pod}/{k.Container}").DefaultIfEmpty("none")));
    }

    private void OnPod(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        foreach (var status in pod.Status.ContainerStatuses)
        {
            if (status.RestartCount > 0 || status.State?.Waiting?.Reason == "CrashLoopBackOff")
            {
                OnRestart(key, status, pod);
            }
        }

        if (IsDisrupted(pod) && disrupted.Add(key))
        {
            Evictions.Record(clock.Now, disrupted.Count + disruptedBefore);
        }

        var phase = PodPhases.Of(pod);

        // Whose containers have ended holds nothing, also while it is still being deleted.
        var isOver = pod.Status.Phase is "Succeeded" or "Failed";
        var node = isOver ? null : pod.Spec.NodeName;
        var owner = WorkloadRecords.OwnerUidOf(pod);
        if (counted.TryGetValue(key, out var old))
        {
            if (old.Phase == phase && old.Node == node && old.Owner == owner)
            {
                return;
            }

            Uncount(old);
        }

        var requests = old?.Requests ?? PodRequests.Of(pod.Spec);
        var now = new Counted(phase, node, requests, owner, old is not null && old.Owner == owner ? old.Workload : Workloads.Of(pod));
        counted[key] = now;
        Ledger?.OnPod(key, pod, isOver, node, requests);
        Count(now, 1);
    }

    private void OnRestart(ObjectKey pod, ContainerStatus status, Pod whole)
    {
        if (!restarts.TryGetValue((pod, status.Name), out var history))
        {
            var since = whole.Status.StartTime?.Instant ?? clock.Now;
            restarts.Add((pod, status.Name), history = new RestartHistory(status.Name, since < Started ? Started : since));
        }

        history.Record(clock.Now, status);
    }

    private static bool IsDisrupted(Pod pod) =>
        pod.Status.Reason == "Evicted" || pod.Status.Conditions.Exists(static c => c is { Type: "DisruptionTarget", Status: "True" });

    private void OnPodGone(Pod pod)
    {
        Ledger?.OnPodGone(ObjectKey.Of(pod));
        if (disrupted.Remove(ObjectKey.Of(pod)))
        {
            disruptedBefore++;
        }

        if (counted.Remove(ObjectKey.Of(pod), out var old))
        {
            Uncount(old);
        }
    }

    private void Uncount(Counted old) => Count(old, -1);

    private void Count(Counted pod, int sign)
    {
        if (!phases.TryGetValue(pod.Phase, out var phase))
        {
            phase = (new TimeSeries(pod.Phase, "pods"), 0);
        }

        phases[pod.Phase] = phase with { Count = phase.Count + sign };
        if (pod is { Phase: "Running", Workload: { } workload })
        {
            Workloads.Count(workload, sign);
        }

        if (pod.Node is null)
        {
            FlushLater();
            return;
        }

        var node = RecordOf(pod.Node);
        node.PodCount += sign;
        node.Requested.Add(sign * pod.Requests.MilliCpu, sign * pod.Requests.MemoryBytes);
        requested.Add(sign * pod.Requests.MilliCpu, sign * pod.Requests.MemoryBytes);
        Changed(node);
    }

    private NodeRecord RecordOf(string name)
    {
        if (!byNode.TryGetValue(name, out var record))
        {
            byNode.Add(name, record = new NodeRecord(name));
        }

        return record;
    }

    private void Changed(NodeRecord node)
    {
        node.Changed = true;
        FlushLater();
    }

    /// <summary>However much happens in one instant, it is one sample.</summary>
    private void FlushLater()
    {
        if (!flushing)
        {
            flushing = true;
            clock.After(TimeSpan.Zero, Flush);
        }
    }

    private void Flush()
    {
        flushing = false;
        foreach (var node in byNode.Values)
        {
            if (node.Changed)
            {
                node.Record(clock.Now);
            }
        }

        foreach (var (series, count) in phases.Values)
        {
            series.Record(clock.Now, count);
        }

        Ledger?.Flush();
        Workloads.Record(clock.Now);
        requested.Record(clock.Now);
        allocatable.Record(clock.Now);
        RecordMoney();
    }

    private sealed record Counted(string Phase, string? Node, ResourceVector Requests, string? Owner, WorkloadRecord? Workload);
}
