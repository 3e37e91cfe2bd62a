using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Scheduling;

/// <summary>How important pods are, as a number with a name.</summary>
public sealed record PriorityClass : ApiRecord, IApiObject<PriorityClass>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("scheduling.k8s.io/v1", "priorityclasses", "PriorityClass", false, "pc", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "scheduling.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "PriorityClass";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The number; the greater goes first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Value { get; init; }

    /// <summary>Whether it is for pods that name none.</summary>
    public bool GlobalDefault { get; init; }

    /// <summary>For whom it is.</summary>
    public string? Description { get; init; }

    /// <summary><c>PreemptLowerPriority</c> or <c>Never</c>.</summary>
    public string? PreemptionPolicy { get; init; }

    /// <inheritdoc/>
    public PriorityClass WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
