using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>The decision to run a pod on a node; creating it binds.</summary>
public sealed record Binding : ApiRecord, IApiObject<Binding>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "bindings", "Binding", true, "", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "Binding";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ObjectReference Target { get => field ?? ObjectReference.Empty; init => field = value == ObjectReference.Empty ? null : value; }

    /// <inheritdoc/>
    public Binding WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
