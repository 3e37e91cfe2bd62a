using System.Text.Json.Serialization;

namespace KubeLab.Api.Autoscaling;

/// <summary>One measure of load as it was last seen.</summary>
public sealed record MetricStatus : ApiRecord
{
    /// <summary>Which member is set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>CPU or memory of the pods.</summary>
    public ResourceMetricStatus? Resource { get; init; }

    /// <summary>CPU or memory of one container of each pod.</summary>
    public ContainerResourceMetricStatus? ContainerResource { get; init; }

    /// <summary>A measure that each pod reports.</summary>
    public NamedMetricStatus? Pods { get; init; }

    /// <summary>A measure of another object.</summary>
    public ObjectMetricStatus? Object { get; init; }

    /// <summary>A measure from outside of the cluster.</summary>
    public NamedMetricStatus? External { get; init; }
}

/// <summary>CPU or memory as last seen.</summary>
public sealed record ResourceMetricStatus : ApiRecord
{
    /// <summary>The resource.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricValueStatus Current
    {
        get => field ?? MetricValueStatus.Empty;
        init => field = value == MetricValueStatus.Empty ? null : value;
    }
}

/// <summary>CPU or memory of one container as last seen.</summary>
public sealed record ContainerResourceMetricStatus : ApiRecord
{
    /// <summary>The resource.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The container.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Container { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricValueStatus Current
    {
        get => field ?? MetricValueStatus.Empty;
        init => field = value == MetricValueStatus.Empty ? null : value;
    }
}

/// <summary>A measure of another object as last seen.</summary>
public sealed record ObjectMetricStatus : ApiRecord
{
    /// <summary>The measure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricIdentifier Metric
    {
        get => field ?? MetricIdentifier.Empty;
        init => field = value == MetricIdentifier.Empty ? null : value;
    }

    /// <summary>What it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricValueStatus Current
    {
        get => field ?? MetricValueStatus.Empty;
        init => field = value == MetricValueStatus.Empty ? null : value;
    }

    /// <summary>The object.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ScaleTargetReference DescribedObject
    {
        get => field ?? ScaleTargetReference.Empty;
        init => field = value == ScaleTargetReference.Empty ? null : value;
    }
}

/// <summary>Any other measure as last seen.</summary>
public sealed record NamedMetricStatus : ApiRecord
{
    /// <summary>The measure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricIdentifier Metric
    {
        get => field ?? MetricIdentifier.Empty;
        init => field = value == MetricIdentifier.Empty ? null : value;
    }

    /// <summary>What it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MetricValueStatus Current
    {
        get => field ?? MetricValueStatus.Empty;
        init => field = value == MetricValueStatus.Empty ? null : value;
    }
}

/// <summary>What a measure was.</summary>
public sealed record MetricValueStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static MetricValueStatus Empty { get; } = new();

    /// <summary>As a whole.</summary>
    public Quantity? Value { get; init; }

    /// <summary>Per pod.</summary>
    public Quantity? AverageValue { get; init; }

    /// <summary>In percent of what the pods request.</summary>
    public int? AverageUtilization { get; init; }
}
