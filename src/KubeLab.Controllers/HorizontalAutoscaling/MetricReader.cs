using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>Reads the lines of an autoscaler's metrics.</summary>
/// <param name="client">Where measures come from.</param>
/// <param name="calculator">What follows from them.</param>
/// <param name="pods">The pods that the target selects.</param>
/// <param name="selector">The selector.</param>
/// <param name="ns">The namespace.</param>
/// <param name="scale">The target.</param>
/// <remarks>Upstream: computeReplicasForMetric and the computeStatusFor… of horizontal.go.</remarks>
internal sealed class MetricReader(IMetricsClient client, ReplicaCalculator calculator, IReadOnlyList<Pod> pods, Selector selector, string ns, Scale scale)
{
    /// <summary>Reads one line.</summary>
    /// <exception cref="MetricUnreadException">It could not be read.</exception>
    public MetricReading Read(MetricSpec metric) => metric switch
    {
        { Type: "Resource", Resource: { } source } =>
            Resource(source.Name, null, source.Target, "FailedGetResourceMetric", $"failed to get {source.Name} resource metric value"),
        { Type: "ContainerResource", ContainerResource: { } source } =>
            Resource(source.Name, source.Container, source.Target, "FailedGetContainerResourceMetric", $"failed to get {source.Name} container metric value"),
        { Type: "Pods", Pods: { } source } => Guard("FailedGetPodsMetric", "failed to get pods metric value", () => Pods(source)),
        { Type: "Object", Object: { } source } => Guard("FailedGetObjectMetric", "failed to get object metric value", () => Object(source)),
        { Type: "External", External: { } source } => Guard("FailedGetExternalMetric", $"failed to get {source.Metric.Name} external metric value", () => External(source)),
        _ => throw Unread("InvalidMetricSourceType", $"unknown metric source type {GoQuote.Quote(metric.Type)}", null),
    };

    private MetricReading Resource(string resource, string? container, MetricTarget target, string reason, string what) => Guard(reason, what, () =>
    {
        if (target.AverageValue is { } amount)
        {
            var proposal = Named($"failed to get {resource} usage", () => calculator.ForAmountPerPod(
                scale.Spec.Replicas, amount.MilliValue, resource == "cpu", pods, Measures(resource, container)));
            return Result(proposal, container is null ? $"{resource} resource" : $"{resource} container resource", resource, container, Average(proposal));
        }

        if (target.AverageUtilization is not { } percent)
        {
            throw new MetricsException("invalid resource metric source: neither an average utilization target nor an average value (usage) target was set");
        }

        var asked = Named($"failed to get {resource} utilization", () => calculator.ForUtilization(
            scale.Spec.Replicas, percent, resource, container, pods, Measures(resource, container)));
        var name = container is null ? $"{resource} resource utilization (percentage of request)" : $"{resource} container resource utilization (percentage of request)";
        return Result(asked, name, resource, container, Average(asked) with { AverageUtilization = asked.Utilization });
    });

    private IReadOnlyDictionary<string, PodMetric> Measures(string resource, string? container) =>
        Named($"unable to get metrics for resource {resource}", () => client.Resource(resource, ns, selector, container));

    private static MetricReading Result(Proposal proposal, string name, string resource, string? container, MetricValueStatus current) => new(proposal, name, container is null
        ? new MetricStatus { Type = "Resource", Resource = new() { Name = resource, Current = current } }
        : new MetricStatus { Type = "ContainerResource", ContainerResource = new() { Name = resource, Container = container, Current = current } });

    private MetricReading Pods(PodsMetricSource source)
    {
        var measures = Named($"unable to get metric {source.Metric.Name}", () => client.Pods(source.Metric.Name, ns, selector, source.Metric.Selector));
        var proposal = calculator.ForAmountPerPod(scale.Spec.Replicas, source.Target.AverageValue?.MilliValue ?? 0, isCpu: false, pods, measures);
        return new(proposal, $"pods metric {source.Metric.Name}", new() { Type = "Pods", Pods = new() { Metric = source.Metric, Current = Average(proposal) } });
    }

    private MetricReading Object(ObjectMetricSource source)
    {
        var about = source.DescribedObject;
        long Value() => Named($"unable to get metric {source.Metric.Name}: {about.Kind} on {ns} {about.Name}", () => client.Object(source.Metric.Name, ns, about, source.Metric.Selector), "/");
        MetricStatus Status(MetricValueStatus current) => new() { Type = "Object", Object = new() { Metric = source.Metric, DescribedObject = about, Current = current } };
        if (source.Target is { Type: "Value", Value: { } whole })
        {
            var proposal = calculator.ForWhole(scale.Spec.Replicas, whole.MilliValue, Value(), pods);
            return new(proposal, $"{about.Kind} metric {source.Metric.Name}", Status(Whole(proposal)));
        }

        if (source.Target is { Type: "AverageValue", AverageValue: { } share })
        {
            var proposal = Named($"failed to get {source.Metric.Name} object metric", () => calculator.ForShare(scale.Status.Replicas, share.MilliValue, Value()));
            return new(proposal, $"external metric {source.Metric.Name}({SelectorText.Of(source.Metric.Selector)})", Status(Average(proposal)));
        }

        throw new MetricsException("invalid object metric source: neither a value target nor an average value target was set");
    }

    private MetricReading External(ExternalMetricSource source)
    {
        var (metric, series) = (source.Metric.Name, SelectorText.Of(source.Metric.Selector));
        long Sum() => Named($"unable to get external metric {ns}/{metric}/{series}", () => client.External(metric, ns, source.Metric.Selector)).Sum();
        MetricStatus Status(MetricValueStatus current) => new() { Type = "External", External = new() { Metric = source.Metric, Current = current } };
        if (source.Target.AverageValue is { } share)
        {
            var proposal = Named($"failed to get {metric} external metric", () => calculator.ForShare(scale.Status.Replicas, share.MilliValue, Sum()));
            return new(proposal, $"external metric {metric}({series})", Status(Average(proposal)));
        }

        if (source.Target.Value is { } whole)
        {
            var proposal = Named($"failed to get external metric {metric}", () => calculator.ForWhole(scale.Spec.Replicas, whole.MilliValue, Sum(), pods));
            return new(proposal, $"external metric {metric}({series})", Status(Whole(proposal)));
        }

        throw new MetricsException("invalid external metric source: neither a value target nor an average value target was set");
    }

    private static MetricValueStatus Average(Proposal proposal) => new() { AverageValue = Quantity.FromMilli(proposal.Value) };

    private static MetricValueStatus Whole(Proposal proposal) => new() { Value = Quantity.FromMilli(proposal.Value) };

    private static MetricReading Guard(string reason, string what, Func<MetricReading> read)
    {
        try
        {
            return read();
        }
        catch (MetricsException failure)
        {
            throw Unread(reason, failure.Message, what);
        }
    }

    private static MetricUnreadException Unread(string reason, string cause, string? what) => new(reason, cause, what is null ? cause : $"{what}: {cause}");

    private static T Named<T>(string what, Func<T> read, string separator = ": ")
    {
        try
        {
            return read();
        }
        catch (MetricsException failure)
        {
            throw new MetricsException($"{what}{separator}{failure.Message}");
        }
    }
}
