using KubeLab.Api.Rbac;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How cluster role bindings are stored.</summary>
public sealed class ClusterRoleBindingStrategy : KindStrategy<ClusterRoleBinding>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> NameErrors(string name) => NameRules.PathSegmentErrors(name);

    /// <inheritdoc/>
    protected override ClusterRoleBinding Default(ClusterRoleBinding obj) => RbacDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(ClusterRoleBinding obj, FieldErrors errors) => RbacValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(ClusterRoleBinding obj, ClusterRoleBinding old, FieldErrors errors) => RbacValidation.ValidateUpdate(obj, old, errors);
}
