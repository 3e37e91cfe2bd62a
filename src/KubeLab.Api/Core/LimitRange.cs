using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>What one pod, container or claim of a namespace may ask for, and gets when it does not ask.</summary>
public sealed record LimitRange : ApiRecord, IApiObject<LimitRange>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "limitranges", "LimitRange", true, "limits", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "LimitRange";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is set.</summary>
    public LimitRangeSpec Spec { get => field ?? LimitRangeSpec.Empty; init => field = value == LimitRangeSpec.Empty ? null : value; }

    /// <inheritdoc/>
    public LimitRange WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What a limit range sets.</summary>
public sealed record LimitRangeSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static LimitRangeSpec Empty { get; } = new();

    /// <summary>The bounds by type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<LimitRangeItem> Limits { get; init; }
}

/// <summary>The bounds for one type.</summary>
public sealed record LimitRangeItem : ApiRecord
{
    /// <summary><c>Pod</c>, <c>Container</c> or <c>PersistentVolumeClaim</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The most.</summary>
    public ResourceList Max { get; init; }

    /// <summary>The least.</summary>
    public ResourceList Min { get; init; }

    /// <summary>Limits of who sets none.</summary>
    public ResourceList Default { get; init; }

    /// <summary>Requests of who sets none.</summary>
    public ResourceList DefaultRequest { get; init; }

    /// <summary>How many times its request a limit may be.</summary>
    public ResourceList MaxLimitRequestRatio { get; init; }
}
