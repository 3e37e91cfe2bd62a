using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Simulation;

namespace KubeLab.Simulated.Metrics;

/// <summary>Asks every kubelet every 15 s what its containers use, and keeps the last two answers: CPU is the mean over the time between them.</summary>
/// <remarks>
/// A container is known from its second answer on, or from its first when it has run for ten seconds by then. A kubelet counts CPU seconds; here the use at both ends of the time stands for
/// what was in between, so a peak that begins and ends within one is not seen.
/// </remarks>
/// <seealso href="https://github.com/kubernetes-sigs/metrics-server">metrics-server, --metric-resolution=15s</seealso>
internal sealed class MetricsServer(IKubernetesApi api, VirtualClock clock, Func<string, IKubeletEndpoint?> kubelets) : IResourceMetrics
{
    /// <summary>How often it asks.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromSeconds(15);

    // A container that is younger than this says too little at its first answer.
    private static readonly TimeSpan FreshMin = TimeSpan.FromSeconds(10);

    private Dictionary<string, NodeAnswer> answers = new(StringComparer.Ordinal);
    private Dictionary<ObjectKey, PodAnswer> pods = [];
    private Informer<Node>? nodes;

    /// <summary>Begins to ask; does nothing when it has begun.</summary>
    public void Start()
    {
        if (nodes is null)
        {
            nodes = new Informer<Node>(api, clock, Api.Core.Node.Resource);
            nodes.Start();
            clock.Every(Resolution, Scrape, Resolution);
        }
    }

    /// <inheritdoc/>
    public NodeMeasure? Node(string node) => answers.TryGetValue(node, out var answer) && answer.Before is { } before
        ? new NodeMeasure(answer.At, answer.At - before.At, (before.CpuMillis + answer.CpuMillis) / 2, answer.MemoryBytes)
        : null;

    /// <inheritdoc/>
    public PodMeasure? Pod(ObjectKey pod) => pods.TryGetValue(pod, out var answer) && answer.Sample is { Containers.Count: > 0 } sample ? sample : null;

    private void Scrape()
    {
        var (formerAnswers, formerPods) = (answers, pods);
        (answers, pods) = (new(formerAnswers.Count, StringComparer.Ordinal), new(formerPods.Count));
        foreach (var node in nodes!.Objects)
        {
            if (Ask(node.Metadata.Name!) is { } stats)
            {
                var before = formerAnswers.TryGetValue(node.Metadata.Name!, out var former) ? former with { Before = null } : null;
                answers[node.Metadata.Name!] = new NodeAnswer(clock.Now, stats.CpuMillis, stats.MemoryBytes, before);
                Take(stats.Containers, formerPods);
            }
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

    private void Take(IReadOnlyList<ContainerUsage> containers, Dictionary<ObjectKey, PodAnswer> former)
    {
        for (var first = 0; first < containers.Count;)
        {
            var pod = containers[first].Pod;
            var end = first;
            while (end < containers.Count && containers[end].Pod == pod)
            {
                end++;
            }

            pods[pod] = AnswerOf(containers, first, end, former.GetValueOrDefault(pod));
            first = end;
        }
    }

    /// <summary>The pod is known when all of its containers are.</summary>
    private PodAnswer AnswerOf(IReadOnlyList<ContainerUsage> containers, int first, int end, PodAnswer former)
    {
        var now = new ContainerUsage[end - first];
        var samples = new List<ContainerMeasure>(now.Length);
        var window = Resolution;
        for (var i = first; i < end; i++)
        {
            var usage = now[i - first] = containers[i];
            if (Array.Find(former.Containers ?? [], c => c.Container == usage.Container && c.StartedAt == usage.StartedAt) is { Container: not null } before)
            {
                samples.Add(new ContainerMeasure(usage.Container, (before.CpuMillis + usage.CpuMillis) / 2, usage.MemoryBytes));
            }
            else if (clock.Now - usage.StartedAt >= FreshMin)
            {
                window = clock.Now - usage.StartedAt < Resolution ? clock.Now - usage.StartedAt : Resolution;
                samples.Add(new ContainerMeasure(usage.Container, usage.CpuMillis, usage.MemoryBytes));
            }
        }

        return new PodAnswer(now, samples.Count == now.Length ? new PodMeasure(clock.Now, window, samples) : null);
    }

    private sealed record NodeAnswer(DateTimeOffset At, long CpuMillis, long MemoryBytes, NodeAnswer? Before);

    private readonly record struct PodAnswer(ContainerUsage[]? Containers, PodMeasure? Sample);
}
