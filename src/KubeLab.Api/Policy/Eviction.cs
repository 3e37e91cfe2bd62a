using KubeLab.Api.Meta;

namespace KubeLab.Api.Policy;

/// <summary>The polite request to delete a pod, which budgets may refuse.</summary>
public sealed record Eviction : ApiRecord, IApiObject<Eviction>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("policy/v1", "evictions", "Eviction", true, "", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "policy/v1";

    /// <inheritdoc/>
    public string Kind => "Eviction";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>How to delete.</summary>
    public OpaqueObject? DeleteOptions { get; init; }

    /// <inheritdoc/>
    public Eviction WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
