using KubeLab.Api;
using KubeLab.Api.Policy;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with disruption budgets.</summary>
/// <remarks>Upstream: pkg/apis/policy/validation/validation.go.</remarks>
internal static class BudgetValidation
{
    public static void Validate(PodDisruptionBudget obj, FieldErrors errors)
    {
        var spec = obj.Spec;
        if (spec is { MinAvailable: not null, MaxUnavailable: not null })
        {
            errors.Invalid(FieldPath.Spec, spec, "minAvailable and maxUnavailable cannot be both set");
        }

        Bound(spec.MinAvailable, FieldPath.Spec.Child("minAvailable"), errors);
        Bound(spec.MaxUnavailable, FieldPath.Spec.Child("maxUnavailable"), errors);
        if (spec.Selector is { } selector)
        {
            PodSpecValidation.LabelSelector(selector, FieldPath.Spec.Child("selector"), errors);
        }

        if (spec.UnhealthyPodEvictionPolicy is { } policy and not ("IfHealthyBudget" or "AlwaysAllow"))
        {
            errors.NotSupported(FieldPath.Spec.Child("unhealthyPodEvictionPolicy"), policy, "AlwaysAllow", "IfHealthyBudget");
        }
    }

    public static void ValidateUpdate(PodDisruptionBudget obj, PodDisruptionBudget old, FieldErrors errors)
    {
        if (obj.Spec != old.Spec)
        {
            Validate(obj, errors);
        }
    }

    private static void Bound(IntOrString? bound, FieldPath path, FieldErrors errors)
    {
        if (bound is { } value && WorkloadValidation.Bound(value, path, errors) && value.IsString && value.Scaled(100, roundUp: false) > 100)
        {
            errors.Invalid(path, WorkloadValidation.Written(value), "must not be greater than 100%");
        }
    }
}
