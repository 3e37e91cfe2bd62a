using KubeLab.Api.Rbac;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How role bindings are stored.</summary>
public sealed class RoleBindingStrategy : KindStrategy<RoleBinding>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> NameErrors(string name) => NameRules.PathSegmentErrors(name);

    /// <inheritdoc/>
    protected override RoleBinding Default(RoleBinding obj) => RbacDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(RoleBinding obj, FieldErrors errors) => RbacValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(RoleBinding obj, RoleBinding old, FieldErrors errors) => RbacValidation.ValidateUpdate(obj, old, errors);
}
