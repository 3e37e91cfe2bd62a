using System.Text;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with an object's metadata: its names, labels, annotations, owners and finalizers.</summary>
/// <remarks>Upstream: k8s.io/apimachinery/pkg/api/validation/objectmeta.go.</remarks>
public static class ObjectMetaValidation
{
    /// <summary>The most that keys and values of all annotations may weigh together, in bytes of UTF-8.</summary>
    public const int AnnotationBytesMax = 256 * 1024;

    private static readonly FieldPath Labels = FieldPath.Metadata.Child("labels");
    private static readonly FieldPath Annotations = FieldPath.Metadata.Child("annotations");

    /// <summary>Looks at the metadata of a new object; <paramref name="nameErrors"/> says what names of its kind may look like.</summary>
    public static void Validate(ObjectMeta metadata, ApiResource resource, Func<string, IReadOnlyList<string>> nameErrors, FieldErrors errors)
    {
        Names(metadata, nameErrors, errors);
        if (resource.Namespaced && string.IsNullOrEmpty(metadata.Namespace))
        {
            errors.Required(FieldPath.Metadata.Child("namespace"));
        }
        else if (resource.Namespaced)
        {
            errors.InvalidAll(FieldPath.Metadata.Child("namespace"), metadata.Namespace, LabelNames.DnsLabelErrors(metadata.Namespace!));
        }
        else if (!string.IsNullOrEmpty(metadata.Namespace))
        {
            errors.Forbidden(FieldPath.Metadata.Child("namespace"), "not allowed on this type");
        }

        ValidateParts(metadata, errors);
    }

    /// <summary>Looks at the metadata of an object that is to replace another: what of it may change.</summary>
    public static void ValidateUpdate(ObjectMeta metadata, ObjectMeta old, FieldErrors errors)
    {
        if (old.DeletionTimestamp is not null)
        {
            foreach (var finalizer in metadata.Finalizers)
            {
                if (!old.Finalizers.Exists(f => f == finalizer))
                {
                    errors.Forbidden(
                        FieldPath.Metadata.Child("finalizers"),
                        $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{GoQuote.Quote(finalizer)}}}");
                }
            }
        }

        Same(errors, "name", metadata.Name, old.Name);
        Same(errors, "namespace", metadata.Namespace, old.Namespace);
        Same(errors, "uid", metadata.Uid, old.Uid);
        ValidateParts(metadata, errors);
    }

    /// <summary>Looks at labels and annotations, wherever they are: an object's own, or a template's.</summary>
    public static void LabelsAndAnnotations(ObjectMeta metadata, FieldPath labels, FieldPath annotations, FieldErrors errors)
    {
        ValidateLabels(metadata.Labels, labels, errors);
        ValidateAnnotations(metadata.Annotations, annotations, errors);
    }

    /// <summary>Looks at pairs that must be labels.</summary>
    public static void ValidateLabels(StringMap labels, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, value) in labels)
        {
            errors.InvalidAll(path, key, LabelNames.KeyErrors(key));
            errors.InvalidAll(path, value, LabelNames.ValueErrors(value));
        }
    }

    private static void ValidateParts(ObjectMeta metadata, FieldErrors errors)
    {
        errors.NonNegative(FieldPath.Metadata.Child("generation"), metadata.Generation);
        LabelsAndAnnotations(metadata, Labels, Annotations, errors);
        if (!metadata.OwnerReferences.IsEmpty)
        {
            Owners(metadata.OwnerReferences, errors);
        }

        foreach (var finalizer in metadata.Finalizers)
        {
            errors.InvalidAll(FieldPath.Metadata.Child("finalizers"), finalizer, LabelNames.KeyErrors(finalizer));
        }
    }

    private static void Names(ObjectMeta metadata, Func<string, IReadOnlyList<string>> nameErrors, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(metadata.GenerateName))
        {
            // The prefix may end in a hyphen, because letters and digits follow it.
            errors.InvalidAll(FieldPath.Metadata.Child("generateName"), metadata.GenerateName, nameErrors(metadata.GenerateName.TrimEnd('-') + "0"));
        }

        if (string.IsNullOrEmpty(metadata.Name))
        {
            errors.Required(FieldPath.Metadata.Child("name"), "name or generateName is required");
        }
        else
        {
            errors.InvalidAll(FieldPath.Metadata.Child("name"), metadata.Name, nameErrors(metadata.Name));
        }
    }

    private static void ValidateAnnotations(StringMap annotations, FieldPath path, FieldErrors errors)
    {
        var bytes = 0L;
        foreach (var (key, value) in annotations)
        {
            errors.InvalidAll(path, key, LabelNames.KeyErrors(key.ToLowerInvariant()));
            bytes += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
        }

        if (bytes > AnnotationBytesMax)
        {
            errors.TooLong(path, AnnotationBytesMax);
        }
    }

    private static void Owners(ValueList<OwnerReference> owners, FieldErrors errors)
    {
        var path = FieldPath.Metadata.Child("ownerReferences");
        OwnerReference? controller = null;
        for (var i = 0; i < owners.Count; i++)
        {
            var owner = owners[i];
            if (IsComplete(owner) && owner.Controller != true)
            {
                continue;
            }

            Owner(owner, path.Index(i), errors);
            if (owner.Controller == true && controller is not null)
            {
                errors.Invalid(path, owner, $"Only one reference can have Controller set to true. Found \"true\" in references for {controller.Name} and {owner.Name}");
            }

            controller = owner.Controller == true ? owner : controller;
        }
    }

    private static bool IsComplete(OwnerReference owner) =>
        owner.ApiVersion.Length > 0 && owner.Kind.Length > 0 && owner.Name.Length > 0 && owner.Uid.Length > 0;

    private static void Owner(OwnerReference owner, FieldPath path, FieldErrors errors)
    {
        if (IsComplete(owner))
        {
            return;
        }

        if (owner.ApiVersion.Length == 0)
        {
            errors.Invalid(path.Child("apiVersion"), "", "version must not be empty");
        }

        if (owner.Kind.Length == 0)
        {
            errors.Invalid(path.Child("kind"), "", "must not be empty");
        }

        if (owner.Name.Length == 0)
        {
            errors.Invalid(path.Child("name"), "", "must not be empty");
        }

        if (owner.Uid.Length == 0)
        {
            errors.Invalid(path.Child("uid"), "", "must not be empty");
        }
    }

    private static void Same(FieldErrors errors, string field, string? value, string? old)
    {
        if ((value ?? "") != (old ?? ""))
        {
            errors.Invalid(FieldPath.Metadata.Child(field), value ?? "", NameRules.Immutable);
        }
    }
}
