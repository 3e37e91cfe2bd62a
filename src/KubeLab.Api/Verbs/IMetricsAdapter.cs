using KubeLab.Api.Selecting;

namespace KubeLab.Api.Verbs;

/// <summary>Somebody behind the aggregation layer who answers for measures of one's own: <c>custom.metrics.k8s.io</c> for those of objects, <c>external.metrics.k8s.io</c> for all others.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis">Support for metrics APIs</seealso>
public interface IMetricsAdapter
{
    /// <summary>The measures of objects that there are now, in the order of their names.</summary>
    IReadOnlyList<ObjectMetricName> ObjectMetrics { get; }

    /// <summary>The measures from elsewhere that there are now, in the order of their names.</summary>
    IReadOnlyList<string> ExternalMetrics { get; }

    /// <summary>The value of a measure for each object that is asked about and has one.</summary>
    /// <exception cref="ApiException">NotFound: there is no such measure, or the one object that is named has none.</exception>
    IReadOnlyList<ObjectMetricValue> Read(ObjectMetricQuestion question);

    /// <summary>The values of all selected series of a measure; none when no series is selected.</summary>
    /// <param name="ns">The namespace of who asks.</param>
    /// <param name="metric">The measure.</param>
    /// <param name="series">Selects by the series' labels.</param>
    /// <exception cref="ApiException">NotFound: there is no such measure.</exception>
    IReadOnlyList<ExternalMetricValue> ReadExternal(string ns, string metric, Selector series);
}

/// <summary>A measure that objects of a kind have.</summary>
/// <param name="Resource">The kind, for example <c>pods</c> or <c>deployments.apps</c>.</param>
/// <param name="Metric">The measure.</param>
public readonly record struct ObjectMetricName(string Resource, string Metric);

/// <summary>What is asked about objects.</summary>
/// <param name="Resource">The kind, for example <c>pods</c>.</param>
/// <param name="Namespace">Where they are.</param>
/// <param name="Name">The one that is asked about; null for all that <paramref name="Objects"/> selects.</param>
/// <param name="Objects">Selects by the objects' labels.</param>
/// <param name="Metric">The measure.</param>
/// <param name="Series">Selects by the labels of the measure's series.</param>
public sealed record ObjectMetricQuestion(string Resource, string Namespace, string? Name, Selector Objects, string Metric, Selector Series);

/// <summary>A measure of one object.</summary>
/// <param name="ApiVersion">Of the object, with a slash before the version where there is no group, as adapters write it: <c>/v1</c>.</param>
/// <param name="Kind">Of the object.</param>
/// <param name="Object">The object.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Value">The value.</param>
public sealed record ObjectMetricValue(string ApiVersion, string Kind, ObjectKey Object, DateTimeOffset At, Quantity Value);

/// <summary>One series of a measure from elsewhere.</summary>
/// <param name="Labels">Tell it from the others.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Value">The value.</param>
public sealed record ExternalMetricValue(StringMap Labels, DateTimeOffset At, Quantity Value);
