using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Rbac;

/// <summary>What may be done in one namespace.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Using RBAC authorization</seealso>
public sealed record Role : ApiRecord, IApiObject<Role>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("rbac.authorization.k8s.io/v1", "roles", "Role", true);

    /// <inheritdoc/>
    public string ApiVersion => "rbac.authorization.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "Role";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What may be done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<PolicyRule> Rules { get; init; }

    /// <inheritdoc/>
    public Role WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
