using KubeLab.Api.Rbac;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How cluster roles are stored.</summary>
public sealed class ClusterRoleStrategy : KindStrategy<ClusterRole>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> NameErrors(string name) => NameRules.PathSegmentErrors(name);

    /// <inheritdoc/>
    protected override void Validate(ClusterRole obj, FieldErrors errors) => RbacValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(ClusterRole obj, ClusterRole old, FieldErrors errors) => RbacValidation.ValidateUpdate(obj, old, errors);
}
