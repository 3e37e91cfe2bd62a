using KubeLab.Simulated.Metrics.Adapting;

namespace KubeLab;

/// <content>Measures of one's own, by which autoscalers scale.</content>
public abstract partial class Cluster
{
    /// <summary>
    /// Installs an adapter that serves <c>custom.metrics.k8s.io</c> and <c>external.metrics.k8s.io</c> from the requests that flow, as prometheus-adapter does: of pods <c>http_requests_per_second</c> and
    /// <c>http_requests_in_flight</c>, of services <c>requests_per_second</c> and <c>request_duration_seconds_p95</c>, from outside <c>requests_offered_per_second</c>. Without one, autoscalers find
    /// nobody to ask.
    /// </summary>
    /// <param name="options">How often it asks, and over which time it takes rates; every 15 s and over a minute when null.</param>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    /// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/#autoscaling-on-multiple-metrics-and-custom-metrics">Autoscaling on custom metrics</seealso>
    public virtual void AddMetricsAdapter(AdapterOptions? options = null) => throw OnlySimulated("serving metrics", "install prometheus-adapter or KEDA in it");

    /// <summary>Adds an external metric, for example the length of a queue that is not in the cluster.</summary>
    /// <param name="name">Its name, for example <c>queue_length</c>.</param>
    /// <param name="value">Asked each time that the adapter asks, with the cluster as it is then; it must give the same for the same cluster at the same time. No number means no answer.</param>
    /// <param name="labels">Tell this series from others of the same name, for example <c>("queue", "orders")</c>.</param>
    /// <exception cref="ArgumentException">That is no name of a metric.</exception>
    /// <exception cref="InvalidOperationException">There is no adapter yet (<see cref="AddMetricsAdapter"/>).</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void AddExternalMetric(string name, Func<Cluster, double> value, params ReadOnlySpan<(string Label, string Value)> labels) =>
        throw OnlySimulated("inventing a metric", "let KEDA or an exporter serve it");
}
