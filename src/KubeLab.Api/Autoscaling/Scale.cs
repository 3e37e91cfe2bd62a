using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Autoscaling;

/// <summary>The number of copies of any workload that can be scaled.</summary>
public sealed record Scale : ApiRecord, IApiObject<Scale>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("autoscaling/v1", "scales", "Scale", true, "", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "autoscaling/v1";

    /// <inheritdoc/>
    public string Kind => "Scale";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The wish.</summary>
    public ScaleSpec Spec { get => field ?? ScaleSpec.Empty; init => field = value == ScaleSpec.Empty ? null : value; }

    /// <summary>The state.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ScaleStatus Status { get => field ?? ScaleStatus.Empty; init => field = value == ScaleStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public Scale WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>How many copies are wanted.</summary>
public sealed record ScaleSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ScaleSpec Empty { get; } = new();

    /// <summary>The number; 0 is left out, as upstream does.</summary>
    public int Replicas { get; init; }
}

/// <summary>How many copies there are.</summary>
public sealed record ScaleStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ScaleStatus Empty { get; } = new();

    /// <summary>The number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Replicas { get; init; }

    /// <summary>The selector of the copies, as text.</summary>
    public string? Selector { get; init; }
}
