using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>Whether a component of the control plane answers; asked for anew at every reading, and stored nowhere.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/component-status-v1/">ComponentStatus</seealso>
public sealed record ComponentStatus : ApiRecord, IApiObject<ComponentStatus>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } =
        ApiResource.Named("v1", "componentstatuses", "ComponentStatus", false, "cs") with { Verbs = ["get", "list"] };

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "ComponentStatus";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What was found: one of type <c>Healthy</c>.</summary>
    public ValueList<ComponentCondition> Conditions { get; init; }

    /// <inheritdoc/>
    public ComponentStatus WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>One thing that was found out about a component.</summary>
public sealed record ComponentCondition : ApiRecord
{
    /// <summary>What was asked: <c>Healthy</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Status { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What it answered.</summary>
    public string? Message { get; init; }

    /// <summary>Why it could not be asked.</summary>
    public string? Error { get; init; }
}
