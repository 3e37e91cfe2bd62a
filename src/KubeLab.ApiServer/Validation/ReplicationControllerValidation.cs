using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with replication controllers and pod templates.</summary>
/// <remarks>Upstream: ValidateReplicationControllerSpec in pkg/apis/core/validation/validation.go.</remarks>
internal static class ReplicationControllerValidation
{
    private static readonly FieldPath SelectorPath = FieldPath.Spec.Child("selector");
    private static readonly FieldPath TemplatePath = FieldPath.Spec.Child("template");

    public static void Validate(ReplicationController obj, FieldErrors errors)
    {
        var spec = obj.Spec;
        errors.NonNegative(FieldPath.Spec.Child("minReadySeconds"), spec.MinReadySeconds);
        if (spec.Selector.IsEmpty)
        {
            errors.Required(SelectorPath);
        }

        LabelValidation.Labels(spec.Selector, SelectorPath, errors);
        errors.NonNegative(FieldPath.Spec.Child("replicas"), spec.Replicas);
        if (spec.Template is not { } template)
        {
            errors.Required(TemplatePath);
            return;
        }

        WorkloadValidation.Template(
            template, spec.Selector.IsEmpty ? null : new() { MatchLabels = spec.Selector }, errors, "ReplicationController");
    }

    public static void ValidateUpdate(ReplicationController obj, ReplicationController old, FieldErrors errors)
    {
        if (!ReferenceEquals(obj.Spec, old.Spec))
        {
            Validate(obj, errors);
        }
    }

    public static void Validate(PodTemplate obj, FieldErrors errors) => PodSpecValidation.Template(obj.Template, FieldPath.Root("template"), errors);

    public static void ValidateUpdate(PodTemplate obj, PodTemplate old, FieldErrors errors) => Validate(obj, errors);
}
