using KubeLab.Api.Storage;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How storage classes are stored.</summary>
public sealed class StorageClassStrategy : KindStrategy<StorageClass>
{
    /// <inheritdoc/>
    protected override StorageClass Default(StorageClass obj) => StorageDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(StorageClass obj, FieldErrors errors) => VolumeValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(StorageClass obj, StorageClass old, FieldErrors errors) => VolumeValidation.ValidateUpdate(obj, old, errors);
}
