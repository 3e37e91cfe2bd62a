using KubeLab.Api.Nodes;
using KubeLab.Api.Selecting;
using KubeLab.Api.Storage;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with storage drivers, with what nodes have of them, with attachments, and with runtime classes.</summary>
/// <remarks>Upstream: pkg/apis/storage/validation/validation.go, pkg/apis/node/validation/validation.go.</remarks>
internal static class StorageDriverValidation
{
    private const int DriverNameMax = 63;

    public static void Validate(CSIDriver obj, FieldErrors errors)
    {
        DriverName(obj.Metadata.Name ?? "", FieldPath.Metadata.Child("name"), errors);
        if (obj.Spec.FsGroupPolicy is not (null or "ReadWriteOnceWithFSType" or "File" or "None"))
        {
            errors.NotSupported(FieldPath.Spec.Child("fsGroupPolicy"), obj.Spec.FsGroupPolicy, "File", "None", "ReadWriteOnceWithFSType");
        }

        foreach (var mode in obj.Spec.VolumeLifecycleModes)
        {
            if (mode is not ("Persistent" or "Ephemeral"))
            {
                errors.NotSupported(FieldPath.Spec.Child("volumeLifecycleModes"), mode, "Ephemeral", "Persistent");
            }
        }
    }

    public static void ValidateUpdate(CSIDriver obj, CSIDriver old, FieldErrors errors)
    {
        Validate(obj, errors);
        if (obj.Spec.AttachRequired != old.Spec.AttachRequired)
        {
            errors.Invalid(FieldPath.Spec.Child("attachedRequired"), obj.Spec.AttachRequired, NameRules.Immutable);
        }
    }

    public static void Validate(CSINode obj, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < obj.Spec.Drivers.Count; i++)
        {
            var (driver, path) = (obj.Spec.Drivers[i], FieldPath.Spec.Child("drivers").Index(i));
            DriverName(driver.Name, path.Child("name"), errors);
            if (driver.NodeID.Length == 0)
            {
                errors.Required(path.Child("nodeID"));
            }

            if (!names.Add(driver.Name))
            {
                errors.Duplicate(path.Child("name"), driver.Name);
            }
        }
    }

    public static void ValidateUpdate(CSINode obj, CSINode old, FieldErrors errors) => Validate(obj, errors);

    public static void Validate(VolumeAttachment obj, FieldErrors errors)
    {
        var spec = obj.Spec;
        DriverName(spec.Attacher, FieldPath.Spec.Child("attacher"), errors);
        var source = FieldPath.Spec.Child("source");
        switch (spec.Source)
        {
            case { InlineVolumeSpec: null, PersistentVolumeName: null }:
                errors.Required(source, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
                break;
            case { InlineVolumeSpec: not null, PersistentVolumeName: not null }:
                errors.Forbidden(source, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
                break;
            case { PersistentVolumeName: "" }:
                errors.Required(source.Child("persistentVolumeName"));
                break;
            default:
                break;
        }

        errors.InvalidAll(FieldPath.Spec.Child("nodeName"), spec.NodeName, LabelNames.SubdomainErrors(spec.NodeName));
    }

    public static void ValidateUpdate(VolumeAttachment obj, VolumeAttachment old, FieldErrors errors)
    {
        Validate(obj, errors);
        if (obj.Spec != old.Spec)
        {
            errors.Invalid(FieldPath.Spec, obj.Spec, "field is immutable");
        }
    }

    public static void Validate(RuntimeClass obj, FieldErrors errors)
    {
        errors.InvalidAll(FieldPath.Root("handler"), obj.Handler, LabelNames.DnsLabelErrors(obj.Handler));
        if (obj.Overhead is { } overhead)
        {
            ResourceValidation.Amounts(overhead.PodFixed, FieldPath.Root("overhead").Child("podFixed"), errors);
        }

        if (obj.Scheduling is { } scheduling)
        {
            LabelValidation.Labels(scheduling.NodeSelector, FieldPath.Root("scheduling").Child("nodeSelector"), errors);
            TolerationValidation.Validate(scheduling.Tolerations, FieldPath.Root("scheduling").Child("tolerations"), errors);
        }
    }

    public static void ValidateUpdate(RuntimeClass obj, RuntimeClass old, FieldErrors errors)
    {
        if (obj.Handler != old.Handler)
        {
            errors.Invalid(FieldPath.Root("handler"), obj.Handler, NameRules.Immutable);
        }

        Validate(obj, errors);
    }

    private static void DriverName(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
            return;
        }

        if (name.Length > DriverNameMax)
        {
            errors.TooLong(path, DriverNameMax);
        }

        errors.InvalidAll(path, name, LabelNames.SubdomainErrors(name.ToLowerInvariant()));
    }
}
