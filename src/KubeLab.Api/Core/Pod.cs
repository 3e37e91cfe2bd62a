using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>Containers that share one address, one node and one fate.</summary>
public sealed record Pod : ApiRecord, IApiObject<Pod>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "pods", "Pod", true, "po", "all", "status,log,exec,attach,portforward,proxy,binding,eviction,ephemeralcontainers,resize");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "Pod";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What the user asks for.</summary>
    public PodSpec Spec { get => field ?? PodSpec.Empty; init => field = value == PodSpec.Empty ? null : value; }

    /// <summary>What the node reports.</summary>
    public PodStatus Status { get => field ?? PodStatus.Empty; init => field = value == PodStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public Pod WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
