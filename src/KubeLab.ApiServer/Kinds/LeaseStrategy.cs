using KubeLab.Api.Coordination;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How leases are stored.</summary>
public sealed class LeaseStrategy : KindStrategy<Lease>
{
    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    protected override void Validate(Lease obj, FieldErrors errors) => PlainKindValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Lease obj, Lease old, FieldErrors errors) => PlainKindValidation.Validate(obj, errors);
}
