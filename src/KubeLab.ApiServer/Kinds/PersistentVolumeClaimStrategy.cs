using KubeLab.Api.Core;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How claims are stored.</summary>
public sealed class PersistentVolumeClaimStrategy : KindStrategy<PersistentVolumeClaim>
{
    /// <inheritdoc/>
    protected override PersistentVolumeClaim Default(PersistentVolumeClaim obj) => StorageDefaults.Fill(obj);

    /// <inheritdoc/>
    protected override void Validate(PersistentVolumeClaim obj, FieldErrors errors) => StorageValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(PersistentVolumeClaim obj, PersistentVolumeClaim old, FieldErrors errors) => StorageValidation.ValidateUpdate(obj, old, errors);

    /// <summary>A claim begins without a volume.</summary>
    protected override PersistentVolumeClaim PrepareForCreate(PersistentVolumeClaim obj) => obj with { Status = new() { Phase = "Pending" } };

    /// <inheritdoc/>
    protected override PersistentVolumeClaim PrepareForUpdate(PersistentVolumeClaim obj, PersistentVolumeClaim old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override PersistentVolumeClaim PrepareForStatusUpdate(PersistentVolumeClaim obj, PersistentVolumeClaim old) => obj with { Spec = old.Spec };
}
