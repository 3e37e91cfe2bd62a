using KubeLab.Api.Storage;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How the storage drivers of nodes are stored.</summary>
public sealed class CSINodeStrategy : KindStrategy<CSINode>
{
    /// <inheritdoc/>
    protected override void Validate(CSINode obj, FieldErrors errors) => StorageDriverValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(CSINode obj, CSINode old, FieldErrors errors) => StorageDriverValidation.ValidateUpdate(obj, old, errors);
}
