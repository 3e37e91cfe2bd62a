using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Autoscaling;

/// <summary>As many copies of a workload as its load asks for.</summary>
public sealed record HorizontalPodAutoscaler : ApiRecord, IApiObject<HorizontalPodAutoscaler>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true, "hpa", "all", "status");

    /// <inheritdoc/>
    public string ApiVersion => "autoscaling/v2";

    /// <inheritdoc/>
    public string Kind => "HorizontalPodAutoscaler";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public HorizontalPodAutoscalerSpec Spec
    {
        get => field ?? HorizontalPodAutoscalerSpec.Empty;
        init => field = value == HorizontalPodAutoscalerSpec.Empty ? null : value;
    }

    /// <summary>What the controller reports.</summary>
    public HorizontalPodAutoscalerStatus Status
    {
        get => field ?? HorizontalPodAutoscalerStatus.Empty;
        init => field = value == HorizontalPodAutoscalerStatus.Empty ? null : value;
    }

    /// <inheritdoc/>
    public HorizontalPodAutoscaler WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in an autoscaler.</summary>
public sealed record HorizontalPodAutoscalerSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static HorizontalPodAutoscalerSpec Empty { get; } = new();

    /// <summary>What is scaled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ScaleTargetReference ScaleTargetRef
    {
        get => field ?? ScaleTargetReference.Empty;
        init => field = value == ScaleTargetReference.Empty ? null : value;
    }

    /// <summary>The least number of copies; 1 when absent.</summary>
    public int? MinReplicas { get; init; }

    /// <summary>The greatest number of copies.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int MaxReplicas { get; init; }

    /// <summary>What the load is; the metric that asks for most copies decides.</summary>
    public ValueList<MetricSpec> Metrics { get; init; }

    /// <summary>How fast the number may change.</summary>
    public HorizontalPodAutoscalerBehavior? Behavior { get; init; }
}

/// <summary>An object in the same namespace.</summary>
public sealed record ScaleTargetReference : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ScaleTargetReference Empty { get; } = new();

    /// <summary>Its kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Kind { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its group and version.</summary>
    public string? ApiVersion { get; init; }
}

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

/// <summary>How fast the number of copies may change.</summary>
public sealed record HorizontalPodAutoscalerBehavior : ApiRecord
{
    /// <summary>Upwards.</summary>
    public HPAScalingRules? ScaleUp { get; init; }

    /// <summary>Downwards.</summary>
    public HPAScalingRules? ScaleDown { get; init; }
}

/// <summary>How fast the number of copies may change in one direction.</summary>
public sealed record HPAScalingRules : ApiRecord
{
    /// <summary>For how many seconds former proposals still count.</summary>
    public int? StabilizationWindowSeconds { get; init; }

    /// <summary><c>Max</c>, <c>Min</c> or <c>Disabled</c>.</summary>
    public string? SelectPolicy { get; init; }

    /// <summary>The bounds.</summary>
    public ValueList<HPAScalingPolicy> Policies { get; init; }

    /// <summary>By which part a measure may be off.</summary>
    public Quantity? Tolerance { get; init; }
}

/// <summary>One bound of how fast the number may change.</summary>
public sealed record HPAScalingPolicy : ApiRecord
{
    /// <summary><c>Pods</c> or <c>Percent</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>How many.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Value { get; init; }

    /// <summary>In how many seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int PeriodSeconds { get; init; }
}

/// <summary>What the controller reports about an autoscaler.</summary>
public sealed record HorizontalPodAutoscalerStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static HorizontalPodAutoscalerStatus Empty { get; } = new();

    /// <summary>The generation it speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>When the number last changed.</summary>
    public Timestamp? LastScaleTime { get; init; }

    /// <summary>Copies there are.</summary>
    public int CurrentReplicas { get; init; }

    /// <summary>Copies there should be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int DesiredReplicas { get; init; }

    /// <summary>What was measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<MetricStatus> CurrentMetrics { get; init; }

    /// <summary>AbleToScale, ScalingActive, ScalingLimited.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }
}

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
