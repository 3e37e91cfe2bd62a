using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>A pod to copy, stored by itself.</summary>
public sealed record PodTemplate : ApiRecord, IApiObject<PodTemplate>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "podtemplates", "PodTemplate", true);

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "PodTemplate";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The pod.</summary>
    public PodTemplateSpec Template { get => field ?? PodTemplateSpec.Empty; init => field = value == PodTemplateSpec.Empty ? null : value; }

    /// <inheritdoc/>
    public PodTemplate WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
