using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with volumes and storage classes.</summary>
/// <remarks>Upstream: pkg/apis/core/validation/validation.go, pkg/apis/storage/validation/validation.go.</remarks>
internal static class VolumeValidation
{
    public static void Validate(PersistentVolume obj, FieldErrors errors)
    {
        StorageValidation.AccessModes(obj.Spec.AccessModes, errors);
        var capacity = FieldPath.Spec.Child("capacity");
        if (obj.Spec.Capacity.IsEmpty)
        {
            errors.Required(capacity);
        }
        else if (!obj.Spec.Capacity.ContainsKey("storage") || obj.Spec.Capacity.Count > 1)
        {
            errors.NotSupported(capacity, "", "storage");
        }
        else if (obj.Spec.Capacity["storage"]!.Value.Sign <= 0)
        {
            errors.Invalid(capacity.Key("storage"), obj.Spec.Capacity["storage"]!.Value.ToString(), "must be greater than zero");
        }

        // Where a volume comes from is one of many fields that only storage drivers read.
        if (obj.Spec.Overflow is null)
        {
            errors.Required(FieldPath.Spec, "must specify a volume type");
        }

        errors.OneOf(FieldPath.Spec.Child("persistentVolumeReclaimPolicy"), obj.Spec.PersistentVolumeReclaimPolicy, "Delete", "Recycle", "Retain");
        errors.OneOf(FieldPath.Spec.Child("volumeMode"), obj.Spec.VolumeMode, "Block", "Filesystem");
    }

    public static void ValidateUpdate(PersistentVolume obj, PersistentVolume old, FieldErrors errors)
    {
        if (obj.Spec == old.Spec)
        {
            return;
        }

        Validate(obj, errors);
        if (obj.Spec.Overflow != old.Spec.Overflow)
        {
            errors.Forbidden(FieldPath.Spec.Child("persistentvolumesource"), "spec.persistentvolumesource is immutable after creation");
        }

        if (obj.Spec.VolumeMode != old.Spec.VolumeMode)
        {
            errors.Invalid(FieldPath.Spec.Child("volumeMode"), obj.Spec.VolumeMode, NameRules.Immutable);
        }
    }

    public static void Validate(StorageClass obj, FieldErrors errors)
    {
        if (obj.Provisioner.Length == 0)
        {
            errors.Required(FieldPath.Root("provisioner"));
        }

        errors.OneOf(FieldPath.Root("reclaimPolicy"), obj.ReclaimPolicy, "Delete", "Retain");
        errors.OneOf(FieldPath.Root("volumeBindingMode"), obj.VolumeBindingMode, "Immediate", "WaitForFirstConsumer");
    }

    public static void ValidateUpdate(StorageClass obj, StorageClass old, FieldErrors errors)
    {
        Validate(obj, errors);
        if (obj.Parameters != old.Parameters)
        {
            errors.Forbidden(FieldPath.Root("parameters"), "updates to parameters are forbidden.");
        }

        if (obj.Provisioner != old.Provisioner)
        {
            errors.Forbidden(FieldPath.Root("provisioner"), "updates to provisioner are forbidden.");
        }

        Fixed("reclaimPolicy", obj.ReclaimPolicy, old.ReclaimPolicy, errors);
        Fixed("volumeBindingMode", obj.VolumeBindingMode, old.VolumeBindingMode, errors);
    }

    private static void Fixed(string field, string? value, string? old, FieldErrors errors)
    {
        if (value != old)
        {
            errors.Forbidden(FieldPath.Root(field), $"updates to {field} are forbidden.");
        }
    }
}
