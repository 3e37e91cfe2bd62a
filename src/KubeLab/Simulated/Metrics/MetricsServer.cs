using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Simulation;

namespace KubeLab.Simulated.Metrics;

/// <summary>Asks every kubelet every 15 s how much CPU time its containers have taken, and keeps the last two answers: what is used is the difference by the time between them.</summary>
/// <remarks>A container is known from its second answer on, or from its first when it has run for ten seconds by then; one that was started again begins anew.</remarks>
/// <seealso href="https://github.com/kubernetes-sigs/metrics-server">metrics-server</seealso>
internal sealed class MetricsServer(IKubernetesApi api, VirtualClock clock, MetricsOptions options, Func<string, IKubeletEndpoint?> kubelets) : IResourceMetrics
{
    private Reading latest = new();
    private Reading shown = new();
    private Informer<Node>? nodes;

    /// <summary>When it asks for the first time; null before it has begun.</summary>
    public DateTimeOffset? FirstScrape { get; private set; }

    /// <summary>Begins to ask; does nothing when it has begun.</summary>
    public void Start()
    {
        if (nodes is null)
        {
            nodes = new Informer<Node>(api, clock, Api.Core.Node.Resource);
            nodes.Start();
            FirstScrape = clock.Now + options.Resolution;
            clock.Every(options.Resolution, Scrape, options.Resolution);
        }
    }

    /// <inheritdoc/>
    public NodeMeasure? Node(string node) =>
        shown.Nodes.TryGetValue(node, out var answer) && answer.Before is { } before && answer.Point.NanocoresSince(before) is { } cpu
            ? new NodeMeasure(answer.Point.At, answer.Point.At - before.At, cpu, answer.Point.MemoryBytes)
            : null;

    /// <inheritdoc/>
    public PodMeasure? Pod(ObjectKey pod) => shown.Pods.GetValueOrDefault(pod)?.Measure;

    private void Scrape()
    {
        var reading = new Reading(latest);
        foreach (var node in nodes!.Objects)
        {
            if (Ask(node.Metadata.Name!) is { } stats)
            {
                var point = new CounterPoint(clock.Now, stats.StartedAt, stats.CpuNanoseconds, stats.MemoryBytes);
                var former = latest.Nodes.TryGetValue(node.Metadata.Name!, out var known) ? known.Point : (CounterPoint?)null;
                reading.Nodes[node.Metadata.Name!] = new NodeAnswer(point, point.SinceLast(former));
                Take(reading, stats.Containers);
            }
        }

        latest = reading;
        if (options.Lag > TimeSpan.Zero)
        {
            clock.After(options.Lag, () => shown = reading);
        }
        else
        {
            shown = reading;
        }
    }

    private NodeStats? Ask(string node)
    {
        try
        {
            return kubelets(node)?.Stats();
        }
        catch (ApiException)
        {
            return null;
        }
    }

    private void Take(Reading reading, IReadOnlyList<ContainerUsage> containers)
    {
        for (var first = 0; first < containers.Count;)
        {
            var pod = containers[first].Pod;
            var end = first;
            while (end < containers.Count && containers[end].Pod == pod)
            {
                end++;
            }

            var answers = new ContainerAnswer[end - first];
            var former = latest.Pods.GetValueOrDefault(pod);
            for (var i = first; i < end; i++)
            {
                var usage = containers[i];
                var point = new CounterPoint(clock.Now, usage.StartedAt, usage.CpuNanoseconds, usage.MemoryBytes);
                answers[i - first] = new ContainerAnswer(usage.Container, point, point.Before(former?.Find(usage.Container), options.Resolution));
            }

            reading.Pods[pod] = new PodAnswer(answers);
            first = end;
        }
    }

    /// <summary>What all kubelets answered at one time.</summary>
    private sealed class Reading
    {
        public Reading() => (Nodes, Pods) = (new(StringComparer.Ordinal), []);

        public Reading(Reading former) => (Nodes, Pods) = (new(former.Nodes.Count, StringComparer.Ordinal), new(former.Pods.Count));

        public Dictionary<string, NodeAnswer> Nodes { get; }

        public Dictionary<ObjectKey, PodAnswer> Pods { get; }
    }

    private readonly record struct NodeAnswer(CounterPoint Point, CounterPoint? Before);
}
