using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.HorizontalAutoscaling;
using KubeLab.Simulation;

namespace KubeLab.Tests.Controllers.HorizontalAutoscaling;

/// <summary>Measures that a test sets: each running pod uses the same share of a whole.</summary>
internal sealed class GivenMetrics : IMetricsClient
{
    public IKubernetesApi Api { get; set; } = null!;

    public VirtualClock Clock { get; set; } = null!;

    /// <summary>What all pods together use, in thousandths of a core; null when nothing is measured.</summary>
    public long? CpuOfAll { get; set; }

    /// <summary>The length of a queue outside, in thousandths; null when there is no such measure.</summary>
    public long? Queue { get; set; }

    public IReadOnlyDictionary<string, PodMetric> Resource(string resource, string ns, Selector pods, string? container)
    {
        var running = Api.List<Pod>(ns).Where(p => pods.Matches(p.Metadata.Labels) && p.Status.Phase == "Running").ToList();
        return CpuOfAll is { } all
            ? running.ToDictionary(p => p.Metadata.Name!, _ => new PodMetric(all / running.Count, Clock.Now, TimeSpan.FromSeconds(15)))
            : throw new MetricsException("no metrics returned from resource metrics API");
    }

    public IReadOnlyDictionary<string, PodMetric> Pods(string metric, string ns, Selector pods, LabelSelector? series) => throw new MetricsException("nothing");

    public long Object(string metric, string ns, ScaleTargetReference about, LabelSelector? series) => throw new MetricsException("nothing");

    public IReadOnlyList<long> External(string metric, string ns, LabelSelector? series) =>
        Queue is { } length ? [length] : throw new MetricsException("the server could not find the requested resource (get queue.external.metrics.k8s.io)");
}
