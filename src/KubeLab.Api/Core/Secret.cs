using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>Small texts that not everybody should read: passwords, keys, tokens.</summary>
public sealed record Secret : ApiRecord, IApiObject<Secret>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "secrets", "Secret", true, "", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "Secret";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The values by key, in base64.</summary>
    public StringMap Data { get; init; }

    /// <summary>Values in plain text; the server turns them into <see cref="Data"/> and never shows them.</summary>
    public StringMap StringData { get; init; }

    /// <summary>What it is for: <c>Opaque</c>, <c>kubernetes.io/tls</c> and others.</summary>
    public string? Type { get; init; }

    /// <summary>Whether it may never change.</summary>
    public bool? Immutable { get; init; }

    /// <inheritdoc/>
    public Secret WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
