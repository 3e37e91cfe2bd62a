using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Apps;

/// <summary>One template that a stateful set or a daemon set has had, kept for going back to it.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/controller-revision-v1/">ControllerRevision</seealso>
public sealed record ControllerRevision : ApiRecord, IApiObject<ControllerRevision>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("apps/v1", "controllerrevisions", "ControllerRevision", true);

    /// <inheritdoc/>
    public string ApiVersion => "apps/v1";

    /// <inheritdoc/>
    public string Kind => "ControllerRevision";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The state, as a patch of its owner; it never changes.</summary>
    public OpaqueObject? Data { get; init; }

    /// <summary>Its place in the history: the greatest is the newest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long Revision { get; init; }

    /// <inheritdoc/>
    public ControllerRevision WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
