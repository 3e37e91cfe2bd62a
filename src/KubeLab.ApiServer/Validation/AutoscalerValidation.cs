using KubeLab.Api.Autoscaling;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with autoscalers.</summary>
/// <remarks>Upstream: pkg/apis/autoscaling/validation/validation.go.</remarks>
internal static class AutoscalerValidation
{
    private static readonly FieldPath Target = FieldPath.Spec.Child("scaleTargetRef");

    public static void Validate(HorizontalPodAutoscaler obj, FieldErrors errors)
    {
        var spec = obj.Spec;
        if (spec.MinReplicas < 1)
        {
            errors.Invalid(FieldPath.Spec.Child("minReplicas"), spec.MinReplicas, "must be greater than or equal to 1");
        }

        if (spec.MaxReplicas < 1)
        {
            errors.Invalid(FieldPath.Spec.Child("maxReplicas"), spec.MaxReplicas, "must be greater than 0");
        }

        if (spec.MaxReplicas < spec.MinReplicas)
        {
            errors.Invalid(FieldPath.Spec.Child("maxReplicas"), spec.MaxReplicas, "must be greater than or equal to `minReplicas`");
        }

        Present(spec.ScaleTargetRef.Kind, Target.Child("kind"), errors);
        Present(spec.ScaleTargetRef.Name, Target.Child("name"), errors);
        for (var i = 0; i < spec.Metrics.Count; i++)
        {
            Metric(spec.Metrics[i], FieldPath.Spec.Child("metrics").Index(i), errors);
        }
    }

    public static void ValidateUpdate(HorizontalPodAutoscaler obj, HorizontalPodAutoscaler old, FieldErrors errors)
    {
        if (obj.Spec != old.Spec)
        {
            Validate(obj, errors);
        }
    }

    private static void Metric(MetricSpec metric, FieldPath path, FieldErrors errors)
    {
        errors.OneOf(path.Child("type"), metric.Type, "ContainerResource", "External", "Object", "Pods", "Resource");
        if (metric.Resource is { } resource)
        {
            Present(resource.Name, path.Child("resource").Child("name"), errors);
            Share(resource.Target, path.Child("resource").Child("target"), errors);
        }

        if (metric.ContainerResource is { } part)
        {
            Present(part.Name, path.Child("containerResource").Child("name"), errors);
            Present(part.Container, path.Child("containerResource").Child("container"), errors);
            Share(part.Target, path.Child("containerResource").Child("target"), errors);
        }
    }

    private static void Share(MetricTarget target, FieldPath path, FieldErrors errors)
    {
        errors.OneOf(path.Child("type"), target.Type, "AverageValue", "Utilization", "Value");
        if (target.AverageUtilization < 1)
        {
            errors.Invalid(path.Child("averageUtilization"), target.AverageUtilization, "must be greater than 0");
        }

        if (target is { AverageUtilization: null, AverageValue: null })
        {
            errors.Required(path.Child("averageUtilization"), "must set either a target raw value or a target utilization");
        }
        else if (target is { AverageUtilization: not null, AverageValue: not null })
        {
            errors.Forbidden(path.Child("averageValue"), "may not set both a target raw value and a target utilization");
        }
    }

    private static void Present(string text, FieldPath path, FieldErrors errors)
    {
        if (text.Length == 0)
        {
            errors.Required(path);
        }
    }
}
