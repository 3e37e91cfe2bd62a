using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with claims.</summary>
/// <remarks>Upstream: pkg/apis/core/validation/validation.go.</remarks>
internal static class StorageValidation
{
    public static void Validate(PersistentVolumeClaim obj, FieldErrors errors)
    {
        var spec = obj.Spec;
        AccessModes(spec.AccessModes, errors);
        if (spec.Selector is { } selector)
        {
            PodSpecValidation.LabelSelector(selector, FieldPath.Spec.Child("selector"), errors);
        }

        if (!spec.Resources.Requests.TryGetValue("storage", out var storage))
        {
            errors.Required(FieldPath.Spec.Child("resources").Key("storage"));
        }
        else if (storage.Sign <= 0)
        {
            errors.Invalid(FieldPath.Spec.Child("resources").Key("storage"), storage.ToString(), "must be greater than zero");
        }

        if (spec.StorageClassName is { Length: > 0 } name)
        {
            errors.InvalidAll(FieldPath.Spec.Child("storageClassName"), name, LabelNames.SubdomainErrors(name));
        }

        if (spec.VolumeMode is not ("Filesystem" or "Block"))
        {
            errors.NotSupported(FieldPath.Spec.Child("volumeMode"), spec.VolumeMode ?? "", "Block", "Filesystem");
        }
    }

    public static void ValidateUpdate(PersistentVolumeClaim obj, PersistentVolumeClaim old, FieldErrors errors)
    {
        if (obj.Spec == old.Spec)
        {
            return;
        }

        Validate(obj, errors);

        // A claim is bound once, a bound one may grow, and the default storage class may still be filled in.
        var allowed = old.Spec with
        {
            VolumeName = string.IsNullOrEmpty(old.Spec.VolumeName) ? obj.Spec.VolumeName : old.Spec.VolumeName,
            StorageClassName = old.Spec.StorageClassName ?? obj.Spec.StorageClassName,
            VolumeAttributesClassName = obj.Spec.VolumeAttributesClassName,
            Resources = old.Status.Phase == "Bound" ? obj.Spec.Resources : old.Spec.Resources,
        };
        if (obj.Spec != allowed)
        {
            errors.Forbidden(
                FieldPath.Spec,
                "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
        }
        else if (obj.Spec.Resources.Requests["storage"] is { } size && old.Spec.Resources.Requests["storage"] is { } before && size < before
            && !(old.Status.Capacity["storage"] is { } given && size > given))
        {
            errors.Forbidden(FieldPath.Spec.Child("resources").Child("requests").Child("storage"), "field can not be less than previous value");
        }
    }

    internal static void AccessModes(ValueList<string> modes, FieldErrors errors)
    {
        var path = FieldPath.Spec.Child("accessModes");
        if (modes.IsEmpty)
        {
            errors.Required(path, "at least 1 access mode is required");
        }

        foreach (var mode in modes)
        {
            if (mode is not ("ReadWriteOnce" or "ReadOnlyMany" or "ReadWriteMany" or "ReadWriteOncePod"))
            {
                errors.NotSupported(path, mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
            }
        }

        if (modes.Exists(m => m == "ReadWriteOncePod") && modes.Count > 1)
        {
            errors.Forbidden(path, "may not use ReadWriteOncePod with other access modes");
        }
    }
}
