using KubeLab.Api.Core;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How secrets are stored.</summary>
public sealed class SecretStrategy : KindStrategy<Secret>
{
    /// <inheritdoc/>
    protected override Secret Default(Secret obj) => SecretDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(Secret obj, FieldErrors errors) => SecretValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Secret obj, Secret old, FieldErrors errors) => SecretValidation.ValidateUpdate(obj, old, errors);
}
