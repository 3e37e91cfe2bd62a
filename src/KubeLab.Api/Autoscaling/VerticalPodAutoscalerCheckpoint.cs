using System.Text.Json.Serialization;

namespace KubeLab.Api.Autoscaling;

/// <summary>Which container of which vertical autoscaler a checkpoint is about: its <c>spec</c>.</summary>
public sealed record VerticalPodAutoscalerCheckpointSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static VerticalPodAutoscalerCheckpointSpec Empty { get; } = new();

    /// <summary>The autoscaler.</summary>
    [JsonPropertyName("vpaObjectName")]
    public string? VpaObjectName { get; init; }

    /// <summary>The container.</summary>
    public string? ContainerName { get; init; }
}

/// <summary>What a recommender had learned of a container, so that its successor need not learn it again: the <c>status</c> of a checkpoint.</summary>
public sealed record VerticalPodAutoscalerCheckpointStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static VerticalPodAutoscalerCheckpointStatus Empty { get; } = new();

    /// <summary>When it was written.</summary>
    public Timestamp? LastUpdateTime { get; init; }

    /// <summary>The format of what follows.</summary>
    public string? Version { get; init; }

    /// <summary>CPU, in cores.</summary>
    public HistogramCheckpoint? CpuHistogram { get; init; }

    /// <summary>Peaks of memory, in bytes.</summary>
    public HistogramCheckpoint? MemoryHistogram { get; init; }

    /// <summary>The first sample of CPU.</summary>
    public Timestamp? FirstSampleStart { get; init; }

    /// <summary>The last sample of CPU.</summary>
    public Timestamp? LastSampleStart { get; init; }

    /// <summary>How many samples of CPU there were.</summary>
    public long TotalSamplesCount { get; init; }
}

/// <summary>A histogram in whole numbers: the heaviest bucket has 10,000.</summary>
public sealed record HistogramCheckpoint : ApiRecord
{
    /// <summary>The instant at which a sample weighs what it weighs.</summary>
    public Timestamp? ReferenceTimestamp { get; init; }

    /// <summary>The weights by the index of the bucket; light ones are left out.</summary>
    public OpaqueObject? BucketWeights { get; init; }

    /// <summary>What they weigh together.</summary>
    public double TotalWeight { get; init; }
}
