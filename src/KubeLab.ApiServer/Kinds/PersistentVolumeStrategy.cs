using KubeLab.Api.Core;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How volumes are stored.</summary>
public sealed class PersistentVolumeStrategy : KindStrategy<PersistentVolume>
{
    /// <inheritdoc/>
    protected override PersistentVolume Default(PersistentVolume obj) => StorageDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(PersistentVolume obj, FieldErrors errors) => VolumeValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(PersistentVolume obj, PersistentVolume old, FieldErrors errors) => VolumeValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override PersistentVolume PrepareForCreate(PersistentVolume obj) => obj with { Status = new() { Phase = "Pending" } };

    /// <inheritdoc/>
    protected override PersistentVolume PrepareForUpdate(PersistentVolume obj, PersistentVolume old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override PersistentVolume PrepareForStatusUpdate(PersistentVolume obj, PersistentVolume old) => obj with { Spec = old.Spec };
}
