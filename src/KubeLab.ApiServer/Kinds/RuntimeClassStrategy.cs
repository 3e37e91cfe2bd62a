using KubeLab.Api.Nodes;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How runtime classes are stored.</summary>
public sealed class RuntimeClassStrategy : KindStrategy<RuntimeClass>
{
    /// <inheritdoc/>
    protected override void Validate(RuntimeClass obj, FieldErrors errors) => StorageDriverValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(RuntimeClass obj, RuntimeClass old, FieldErrors errors) => StorageDriverValidation.ValidateUpdate(obj, old, errors);
}
