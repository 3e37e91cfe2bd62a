using KubeLab.Api.Scheduling;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with priority classes.</summary>
/// <remarks>Upstream: pkg/apis/scheduling/validation/validation.go.</remarks>
internal static class PriorityValidation
{
    private const int Highest = 1_000_000_000;

    public static void Validate(PriorityClass obj, FieldErrors errors)
    {
        var name = obj.Metadata.Name ?? "";
        if (name.StartsWith("system-", StringComparison.Ordinal))
        {
            errors.Forbidden(
                FieldPath.Metadata.Child("name"),
                "priority class names with 'system-' prefix are reserved for system use only. error: " + name + " is not a known system priority class");
        }
        else if (obj.Value > Highest)
        {
            errors.Forbidden(FieldPath.Root("value"), "maximum allowed value of a user defined priority is 1000000000");
        }

        errors.OneOf(FieldPath.Root("preemptionPolicy"), obj.PreemptionPolicy, "PreemptLowerPriority", "Never");
    }

    public static void ValidateUpdate(PriorityClass obj, PriorityClass old, FieldErrors errors)
    {
        if (obj.Value != old.Value)
        {
            errors.Forbidden(FieldPath.Root("value"), "may not be changed in an update.");
        }

        if (obj.PreemptionPolicy != old.PreemptionPolicy)
        {
            errors.Invalid(FieldPath.Root("preemptionPolicy"), obj.PreemptionPolicy, NameRules.Immutable);
        }
    }
}
