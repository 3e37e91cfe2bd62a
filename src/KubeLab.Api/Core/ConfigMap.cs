using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>Settings that pods read as files or environment variables.</summary>
public sealed record ConfigMap : ApiRecord, IApiObject<ConfigMap>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "configmaps", "ConfigMap", true, "cm", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "ConfigMap";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>Text by key.</summary>
    public StringMap Data { get; init; }

    /// <summary>Bytes by key, in base64.</summary>
    public StringMap BinaryData { get; init; }

    /// <summary>When true, the data can never change.</summary>
    public bool? Immutable { get; init; }

    /// <inheritdoc/>
    public ConfigMap WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
