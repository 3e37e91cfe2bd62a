using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Autoscaling;

/// <summary>One measure of load and its target.</summary>
public sealed record MetricSpec : ApiRecord
{
    /// <summary><c>Resource</c>, <c>ContainerResource</c>, <c>Pods</c>, <c>Object</c> or <c>External</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>CPU or memory of the pods.</summary>
    public ResourceMetricSource? Resource { get; init; }

    /// <summary>CPU or memory of one container of each pod.</summary>
    public ContainerResourceMetricSource? ContainerResource { get; init; }

    /// <summary>A measure that each pod reports.</summary>
    public PodsMetricSource? Pods { get; init; }

    /// <summary>A measure of another object.</summary>
    public ObjectMetricSource? Object { get; init; }

    /// <summary>A measure from outside of the cluster.</summary>
    public ExternalMetricSource? External { get; init; }
}

/// <summary>CPU or memory of the pods.</summary>
public sealed record ResourceMetricSource : ApiRecord
{
    /// <summary>The resource.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What it should be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init => field = value == MetricTarget.Empty ? null : value; }
}

/// <summary>CPU or memory of one container of each pod.</summary>
public sealed record ContainerResourceMetricSource : ApiRecord
{
    /// <summary>The resource.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The container.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Container { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What it should be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init => field = value == MetricTarget.Empty ? null : value; }
}

/// <summary>A measure that each pod reports.</summary>
public sealed record PodsMetricSource : ApiRecord
{
    /// <summary>The measure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricIdentifier Metric
    {
        get => field ?? MetricIdentifier.Empty;
        init => field = value == MetricIdentifier.Empty ? null : value;
    }

    /// <summary>What it should be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init => field = value == MetricTarget.Empty ? null : value; }
}

/// <summary>A measure of another object.</summary>
public sealed record ObjectMetricSource : ApiRecord
{
    /// <summary>The object.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ScaleTargetReference DescribedObject
    {
        get => field ?? ScaleTargetReference.Empty;
        init => field = value == ScaleTargetReference.Empty ? null : value;
    }

    /// <summary>The measure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricIdentifier Metric
    {
        get => field ?? MetricIdentifier.Empty;
        init => field = value == MetricIdentifier.Empty ? null : value;
    }

    /// <summary>What it should be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init => field = value == MetricTarget.Empty ? null : value; }
}

/// <summary>A measure from outside of the cluster.</summary>
public sealed record ExternalMetricSource : ApiRecord
{
    /// <summary>The measure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricIdentifier Metric
    {
        get => field ?? MetricIdentifier.Empty;
        init => field = value == MetricIdentifier.Empty ? null : value;
    }

    /// <summary>What it should be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init => field = value == MetricTarget.Empty ? null : value; }
}

/// <summary>The name of a measure.</summary>
public sealed record MetricIdentifier : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static MetricIdentifier Empty { get; } = new();

    /// <summary>The name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Which series of it.</summary>
    public LabelSelector? Selector { get; init; }
}

/// <summary>What a measure should be.</summary>
public sealed record MetricTarget : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static MetricTarget Empty { get; } = new();

    /// <summary><c>Utilization</c>, <c>Value</c> or <c>AverageValue</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>As a whole.</summary>
    public Quantity? Value { get; init; }

    /// <summary>Per pod.</summary>
    public Quantity? AverageValue { get; init; }

    /// <summary>In percent of what the pods request.</summary>
    public int? AverageUtilization { get; init; }
}
