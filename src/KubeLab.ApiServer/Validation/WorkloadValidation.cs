using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with deployments and replica sets.</summary>
/// <remarks>Upstream: pkg/apis/apps/validation/validation.go.</remarks>
internal static class WorkloadValidation
{
    private static readonly FieldPath Replicas = FieldPath.Spec.Child("replicas");
    private static readonly FieldPath SelectorPath = FieldPath.Spec.Child("selector");
    private static readonly FieldPath TemplatePath = FieldPath.Spec.Child("template");
    private static readonly FieldPath StrategyPath = FieldPath.Spec.Child("strategy");

    public static void Validate(Deployment obj, FieldErrors errors)
    {
        var spec = obj.Spec;
        errors.NonNegative(Replicas, spec.Replicas);
        ValidateSelector(spec.Selector, errors);
        Template(spec.Template, spec.Selector, errors);
        Strategy(spec.Strategy ?? new(), errors);
        errors.NonNegative(FieldPath.Spec.Child("minReadySeconds"), spec.MinReadySeconds);
        errors.NonNegative(FieldPath.Spec.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit);
        errors.NonNegative(FieldPath.Spec.Child("progressDeadlineSeconds"), spec.ProgressDeadlineSeconds);
        if (spec.ProgressDeadlineSeconds <= spec.MinReadySeconds)
        {
            errors.Invalid(FieldPath.Spec.Child("progressDeadlineSeconds"), spec.ProgressDeadlineSeconds, "must be greater than minReadySeconds");
        }
    }

    public static void ValidateUpdate(Deployment obj, Deployment old, FieldErrors errors)
    {
        if (ReferenceEquals(obj.Spec, old.Spec))
        {
            return;
        }

        Validate(obj, errors);
        Unchanged(obj.Spec.Selector, old.Spec.Selector, errors);
    }

    public static void Validate(ReplicaSet obj, FieldErrors errors)
    {
        errors.NonNegative(Replicas, obj.Spec.Replicas);
        errors.NonNegative(FieldPath.Spec.Child("minReadySeconds"), obj.Spec.MinReadySeconds);
        ValidateSelector(obj.Spec.Selector, errors);
        Template(obj.Spec.Template, obj.Spec.Selector, errors);
    }

    public static void ValidateUpdate(ReplicaSet obj, ReplicaSet old, FieldErrors errors)
    {
        if (ReferenceEquals(obj.Spec, old.Spec))
        {
            return;
        }

        Validate(obj, errors);
        Unchanged(obj.Spec.Selector, old.Spec.Selector, errors);
    }

    internal static void Unchanged(LabelSelector? selector, LabelSelector? old, FieldErrors errors)
    {
        if (selector != old)
        {
            errors.Invalid(SelectorPath, selector, NameRules.Immutable);
        }
    }

    internal static void ValidateSelector(LabelSelector? selector, FieldErrors errors, string kind = "deployment")
    {
        if (selector is null)
        {
            errors.Required(SelectorPath);
            return;
        }

        PodSpecValidation.LabelSelector(selector, SelectorPath, errors);
        if (selector.MatchLabels.IsEmpty && selector.MatchExpressions.IsEmpty)
        {
            errors.Invalid(SelectorPath, selector, $"empty selector is invalid for {kind}");
        }
    }

    internal static void Template(PodTemplateSpec template, LabelSelector? selector, FieldErrors errors, string kind = "ReplicaSet")
    {
        if (IsReadable(selector) && !Selector.From(selector).Matches(template.Metadata.Labels))
        {
            errors.Invalid(TemplatePath.Child("metadata").Child("labels"), template.Metadata.Labels, "`selector` does not match template `labels`");
        }

        if (kind == "StatefulSet")
        {
            // The claims that the set adds are volumes too, so upstream leaves the spec to be judged when a pod is made of it.
            LabelValidation.LabelsAndAnnotations(template.Metadata, TemplatePath, errors);
        }
        else
        {
            PodSpecValidation.Template(template, TemplatePath, errors);
        }

        var spec = TemplatePath.Child("spec");
        if (template.Spec.RestartPolicy is not (null or "" or "Always"))
        {
            errors.NotSupported(spec.Child("restartPolicy"), template.Spec.RestartPolicy, "Always");
        }

        if (template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(spec.Child("activeDeadlineSeconds"), $"activeDeadlineSeconds in {kind} is not Supported");
        }
    }

    // A selector with mistakes of its own is reported for those, not for what it would select.
    private static bool IsReadable(LabelSelector? selector)
    {
        if (selector is null)
        {
            return false;
        }

        var errors = new FieldErrors();
        PodSpecValidation.LabelSelector(selector, SelectorPath, errors);
        return errors.IsEmpty && (!selector.MatchLabels.IsEmpty || !selector.MatchExpressions.IsEmpty);
    }

    private static void Strategy(DeploymentStrategy strategy, FieldErrors errors)
    {
        var rolling = StrategyPath.Child("rollingUpdate");
        switch (strategy.Type)
        {
            case "Recreate" when strategy.RollingUpdate is not null:
                errors.Forbidden(rolling, "may not be specified when strategy `type` is 'Recreate'");
                break;
            case "Recreate":
                break;
            case "RollingUpdate" when strategy.RollingUpdate is null:
                errors.Required(rolling, "this should be defaulted and never be nil");
                break;
            case "RollingUpdate":
                Rolling(strategy.RollingUpdate, rolling, errors);
                break;
            default:
                errors.NotSupported(StrategyPath.Child("type"), strategy.Type ?? "", "Recreate", "RollingUpdate");
                break;
        }
    }

    private static void Rolling(RollingUpdateDeployment rolling, FieldPath path, FieldErrors errors)
    {
        var unavailable = rolling.MaxUnavailable ?? 0;
        var surge = rolling.MaxSurge ?? 0;
        var isUnavailableRight = Bound(unavailable, path.Child("maxUnavailable"), errors);
        var isSurgeRight = Bound(surge, path.Child("maxSurge"), errors);
        if (isUnavailableRight && isSurgeRight && IsZero(unavailable) && IsZero(surge))
        {
            errors.Invalid(path.Child("maxUnavailable"), Written(unavailable), "may not be 0 when `maxSurge` is 0");
        }

        if (isUnavailableRight && unavailable.IsString && unavailable.Scaled(100, roundUp: false) > 100)
        {
            errors.Invalid(path.Child("maxUnavailable"), Written(unavailable), "must not be greater than 100%");
        }
    }

    internal static bool Bound(IntOrString value, FieldPath path, FieldErrors errors)
    {
        if (value.StrVal is not { } text)
        {
            errors.NonNegative(path, value.IntValue);
            return value.IntValue >= 0;
        }

        if (text.EndsWith('%') && text.Length > 1 && int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return true;
        }

        errors.Invalid(
            path,
            text,
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        return false;
    }

    internal static bool IsZero(IntOrString value) => value.IsString ? value.Scaled(100, roundUp: false) == 0 : value.IntValue == 0;

    internal static object Written(IntOrString value) => value.StrVal ?? (object)value.IntValue;
}
