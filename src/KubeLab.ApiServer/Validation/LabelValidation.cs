using System.Text;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with labels and annotations, wherever they are: an object's own, a template's, a selector's.</summary>
/// <remarks>Upstream: k8s.io/apimachinery/pkg/api/validation/objectmeta.go.</remarks>
internal static class LabelValidation
{
    /// <summary>The most that keys and values of all annotations may weigh together, in bytes of UTF-8.</summary>
    public const int AnnotationBytesMax = 256 * 1024;

    public static void LabelsAndAnnotations(ObjectMeta metadata, FieldPath path, FieldErrors errors)
    {
        if (!metadata.Labels.IsEmpty)
        {
            Labels(metadata.Labels, path.Child("labels"), errors);
        }

        if (!metadata.Annotations.IsEmpty)
        {
            Annotations(metadata.Annotations, path.Child("annotations"), errors);
        }
    }

    public static void Labels(StringMap labels, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, value) in labels)
        {
            errors.InvalidAll(path, key, LabelNames.KeyErrors(key));
            errors.InvalidAll(path, value, LabelNames.ValueErrors(value));
        }
    }

    private static void Annotations(StringMap annotations, FieldPath path, FieldErrors errors)
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
}
