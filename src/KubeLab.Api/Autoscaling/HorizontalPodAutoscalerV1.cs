using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Autoscaling;

/// <summary>An autoscaler as version 1 knew it, by CPU alone; what it has no fields for stands in annotations.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v1/">HorizontalPodAutoscaler v1</seealso>
public sealed record HorizontalPodAutoscalerV1 : ApiRecord, IApiObject<HorizontalPodAutoscalerV1>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } =
        ApiResource.Named("autoscaling/v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true, "hpa", "all", "status");

    /// <inheritdoc/>
    public string ApiVersion => "autoscaling/v1";

    /// <inheritdoc/>
    public string Kind => "HorizontalPodAutoscaler";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public HorizontalPodAutoscalerV1Spec Spec
    {
        get => field ?? HorizontalPodAutoscalerV1Spec.Empty;
        init => field = value == HorizontalPodAutoscalerV1Spec.Empty ? null : value;
    }

    /// <summary>What the controller reports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public HorizontalPodAutoscalerV1Status Status
    {
        get => field ?? HorizontalPodAutoscalerV1Status.Empty;
        init => field = value == HorizontalPodAutoscalerV1Status.Empty ? null : value;
    }

    /// <inheritdoc/>
    public HorizontalPodAutoscalerV1 WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in an autoscaler of version 1.</summary>
public sealed record HorizontalPodAutoscalerV1Spec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static HorizontalPodAutoscalerV1Spec Empty { get; } = new();

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

    /// <summary>How much of the CPU that the pods request they should use, in percent.</summary>
    public int? TargetCPUUtilizationPercentage { get; init; }
}

/// <summary>What the controller reports about an autoscaler of version 1.</summary>
public sealed record HorizontalPodAutoscalerV1Status : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static HorizontalPodAutoscalerV1Status Empty { get; } = new();

    /// <summary>The generation it speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>When the number last changed.</summary>
    public Timestamp? LastScaleTime { get; init; }

    /// <summary>Copies there are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int CurrentReplicas { get; init; }

    /// <summary>Copies there should be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int DesiredReplicas { get; init; }

    /// <summary>How much of the CPU that the pods request they use, in percent.</summary>
    public int? CurrentCPUUtilizationPercentage { get; init; }
}
