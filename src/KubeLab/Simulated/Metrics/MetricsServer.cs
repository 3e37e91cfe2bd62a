using System.Runtime.InteropServices;
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
    private long round;

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
        // Where figures can be read at once, the ones before are of no use to anybody and make room for the new ones in place.
        var former = latest;
        var reading = options.Lag > TimeSpan.Zero ? new Reading(latest) : latest;
        round++;
        foreach (var node in nodes!.Objects)
        {
            if (Ask(node.Metadata.Name!) is { } stats)
            {
                var point = new CounterPoint(clock.Now, stats.StartedAt, stats.CpuNanoseconds, stats.MemoryBytes);
                var before = former.Nodes.TryGetValue(node.Metadata.Name!, out var known) && known.Round == round - 1 ? known.Point : (CounterPoint?)null;
                reading.Nodes[node.Metadata.Name!] = new NodeAnswer(point, point.SinceLast(before), round);
                Take(former, reading, stats.Containers);
            }
        }

        reading.Forget(round);

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

    private void Take(Reading former, Reading reading, IReadOnlyList<ContainerUsage> containers)
    {
        for (var first = 0; first < containers.Count;)
        {
            var pod = containers[first].Pod;
            var end = first;
            while (end < containers.Count && containers[end].Pod == pod)
            {
                end++;
            }

            ref var answer = ref CollectionsMarshal.GetValueRefOrAddDefault(reading.Pods, pod, out _);
            var known = ReferenceEquals(former, reading) ? answer : former.Pods.GetValueOrDefault(pod);
            var before = known?.Round == round - 1 ? known : null;
            var isSame = before is not null && ReferenceEquals(before, answer) && before.Names(containers, first, end);
            var answers = isSame ? before!.Containers : new ContainerAnswer[end - first];
            for (var i = first; i < end; i++)
            {
                var usage = containers[i];
                var point = new CounterPoint(clock.Now, usage.StartedAt, usage.CpuNanoseconds, usage.MemoryBytes);
                answers[i - first] = new ContainerAnswer(usage.Container, point, point.Before(before?.Find(usage.Container, i - first), options.Resolution));
            }

            if (isSame)
            {
                before!.TakenAgain(round);
            }
            else
            {
                answer = new PodAnswer(answers, round);
            }

            first = end;
        }
    }

    /// <summary>What all kubelets answered at one time.</summary>
    private sealed class Reading
    {
        public Reading() => (Nodes, Pods) = (new(StringComparer.Ordinal), []);

        public Reading(Reading former) => (Nodes, Pods) = (new(former.Nodes.Count, StringComparer.Ordinal), new(former.Pods.Count));

        public Dictionary<string, NodeAnswer> Nodes { get; }

        public Dictionary<ObjectKey, PodAnswer?> Pods { get; }

        /// <summary>Who was not told of in this round is not known any more.</summary>
        public void Forget(long round)
        {
            foreach (var (name, answer) in Nodes)
            {
                if (answer.Round != round)
                {
                    Nodes.Remove(name);
                }
            }

            foreach (var (pod, answer) in Pods)
            {
                if (answer!.Round != round)
                {
                    Pods.Remove(pod);
                }
            }
        }
    }

    private readonly record struct NodeAnswer(CounterPoint Point, CounterPoint? Before, long Round);
}
