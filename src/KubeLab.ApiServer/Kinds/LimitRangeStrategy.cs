using KubeLab.Api.Core;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How limit ranges are stored.</summary>
public sealed class LimitRangeStrategy : KindStrategy<LimitRange>
{
    /// <inheritdoc/>
    protected override LimitRange Default(LimitRange obj) => LimitRangeDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(LimitRange obj, FieldErrors errors) => QuotaValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(LimitRange obj, LimitRange old, FieldErrors errors) => QuotaValidation.ValidateUpdate(obj, old, errors);
}
