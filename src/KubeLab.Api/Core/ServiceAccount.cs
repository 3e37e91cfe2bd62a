using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Core;

/// <summary>Who a pod is when it speaks to the API server.</summary>
public sealed record ServiceAccount : ApiRecord, IApiObject<ServiceAccount>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "serviceaccounts", "ServiceAccount", true, "sa", "", "token");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "ServiceAccount";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The secrets that its pods may mount.</summary>
    [MergeKey("name")]
    public ValueList<ObjectReference> Secrets { get; init; }

    /// <summary>The secrets with which its pods' images are pulled.</summary>
    public ValueList<LocalObjectReference> ImagePullSecrets { get; init; }

    /// <summary>Whether its pods get a token.</summary>
    public bool? AutomountServiceAccountToken { get; init; }

    /// <inheritdoc/>
    public ServiceAccount WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
