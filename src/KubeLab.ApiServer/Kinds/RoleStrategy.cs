using KubeLab.Api.Rbac;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How roles are stored.</summary>
public sealed class RoleStrategy : KindStrategy<Role>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> NameErrors(string name) => NameRules.PathSegmentErrors(name);

    /// <inheritdoc/>
    protected override void Validate(Role obj, FieldErrors errors) => RbacValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Role obj, Role old, FieldErrors errors) => RbacValidation.ValidateUpdate(obj, old, errors);
}
