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
