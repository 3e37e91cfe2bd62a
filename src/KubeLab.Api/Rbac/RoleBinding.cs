using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Rbac;

/// <summary>Who has a role in one namespace.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Using RBAC authorization</seealso>
public sealed record RoleBinding : ApiRecord, IApiObject<RoleBinding>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("rbac.authorization.k8s.io/v1", "rolebindings", "RoleBinding", true);

    /// <inheritdoc/>
    public string ApiVersion => "rbac.authorization.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "RoleBinding";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>Who has it.</summary>
    public ValueList<Subject> Subjects { get; init; }

    /// <summary>The role; it cannot be changed later.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RoleRef RoleRef { get => field ?? RoleRef.Empty; init => field = value == RoleRef.Empty ? null : value; }

    /// <inheritdoc/>
    public RoleBinding WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
