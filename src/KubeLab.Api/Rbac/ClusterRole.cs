using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Rbac;

/// <summary>What may be done in all namespaces, or with objects of the whole cluster.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Using RBAC authorization</seealso>
public sealed record ClusterRole : ApiRecord, IApiObject<ClusterRole>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("rbac.authorization.k8s.io/v1", "clusterroles", "ClusterRole", false);

    /// <inheritdoc/>
    public string ApiVersion => "rbac.authorization.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "ClusterRole";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What may be done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<PolicyRule> Rules { get; init; }

    /// <summary>How its rules are put together from those of others; a controller does it.</summary>
    public AggregationRule? AggregationRule { get; init; }

    /// <inheritdoc/>
    public ClusterRole WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
