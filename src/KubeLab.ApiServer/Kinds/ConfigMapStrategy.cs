using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How config maps are stored.</summary>
public sealed class ConfigMapStrategy : KindStrategy<ConfigMap>
{
    /// <inheritdoc/>
    protected override void Validate(ConfigMap obj, FieldErrors errors) => PlainKindValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(ConfigMap obj, ConfigMap old, FieldErrors errors) =>
        PlainKindValidation.ValidateUpdate(obj, old, errors);
}
