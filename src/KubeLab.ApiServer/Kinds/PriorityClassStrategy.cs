using KubeLab.Api.Scheduling;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How priority classes are stored.</summary>
public sealed class PriorityClassStrategy : KindStrategy<PriorityClass>
{
    /// <inheritdoc/>
    protected override PriorityClass Default(PriorityClass obj) => PriorityDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(PriorityClass obj, FieldErrors errors) => PriorityValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(PriorityClass obj, PriorityClass old, FieldErrors errors) => PriorityValidation.ValidateUpdate(obj, old, errors);
}
