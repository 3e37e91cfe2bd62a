using KubeLab.Api.Autoscaling;
using KubeLab.Api.Meta;
using KubeLab.Api.Metrics;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>Reads CPU and memory from <c>metrics.k8s.io</c>; measures of one's own come from <paramref name="custom"/>, where somebody serves them.</summary>
/// <remarks>Upstream: pkg/controller/podautoscaler/metrics/client.go.</remarks>
internal sealed class MetricsApiClient(IKubernetesApi api, ICustomMetrics? custom) : IMetricsClient
{
    private const string NoCustom = "unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, PodMetric> Resource(string resource, string ns, Selector pods, string? container)
    {
        var found = Measured(ns, pods);
        var measured = new Dictionary<string, PodMetric>(found.Count, StringComparer.Ordinal);
        var (text, window) = ("", TimeSpan.Zero);
        foreach (var pod in found)
        {
            if (Sum(pod, resource, container) is { } value)
            {
                // All have been asked at once, so most windows are alike.
                (text, window) = pod.Window == text ? (text, window) : (pod.Window, MetricWindow.Of(pod.Window));
                measured[pod.Metadata.Name!] = new PodMetric(value, pod.Timestamp?.Instant ?? default, window);
            }
        }

        return measured;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, PodMetric> Pods(string metric, string ns, Selector pods, LabelSelector? series) =>
        custom?.Pods(metric, ns, pods, series) ?? throw new MetricsException(NoCustom);

    /// <inheritdoc/>
    public long Object(string metric, string ns, ScaleTargetReference about, LabelSelector? series) =>
        custom?.Object(metric, ns, about, series) ?? throw new MetricsException(NoCustom);

    /// <inheritdoc/>
    public IReadOnlyList<long> External(string metric, string ns, LabelSelector? series) =>
        custom?.External(metric, ns, series) ?? throw new MetricsException(NoExternal(metric));

    // Nobody looks first whether the group is there, so the answer is that of any unknown path.
    private static string NoExternal(string metric) =>
        $"unable to fetch metrics from external metrics API: the server could not find the requested resource (get {metric}.external.metrics.k8s.io)";

    private IReadOnlyList<PodMetrics> Measured(string ns, Selector pods)
    {
        IReadOnlyList<PodMetrics> found;
        try
        {
            found = api.List<PodMetrics>(ns, new ListOptions { LabelSelector = pods.ToString() });
        }
        catch (ApiException refusal)
        {
            throw new MetricsException($"unable to fetch metrics from resource metrics API: {refusal.Message} (get pods.metrics.k8s.io)");
        }

        return found.Count > 0 ? found : throw new MetricsException("no metrics returned from resource metrics API");
    }

    /// <summary>Of all containers, or of one; null when one of them has not been measured.</summary>
    private static long? Sum(PodMetrics pod, string resource, string? container)
    {
        long sum = 0;
        var found = container is null;
        foreach (var measured in pod.Containers)
        {
            if (container is not null && measured.Name != container)
            {
                continue;
            }

            if (measured.Usage[resource] is not { } usage)
            {
                return null;
            }

            found = true;
            sum += usage.MilliValue;
        }

        return found ? sum : throw new MetricsException($"container {container} not present in metrics for pod {pod.Metadata.Namespace}/{pod.Metadata.Name}");
    }
}
