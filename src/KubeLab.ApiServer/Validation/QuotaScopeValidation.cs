using KubeLab.Api.Core;
using KubeLab.Api.Quotas;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with the names that a quota limits and the scopes it is restricted to.</summary>
/// <remarks>Upstream: ValidateResourceQuotaSpec in pkg/apis/core/validation/validation.go.</remarks>
internal static class QuotaScopeValidation
{
    private const string MustExist =
        "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
        + "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

    private static readonly HashSet<string> Known =
    [
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage", "limits.cpu",
        "limits.memory", "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "persistentvolumeclaims",
        "configmaps", "services.nodeports", "services.loadbalancers",
    ];

    private static readonly HashSet<string> OfPods =
        ["pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    /// <summary>The name of a resource that a quota limits.</summary>
    public static void Name(string name, FieldPath path, FieldErrors errors)
    {
        errors.InvalidAll(path, name, LabelNames.KeyErrors(name));
        if (!name.Contains('/', StringComparison.Ordinal) && !IsKnown(name))
        {
            errors.Invalid(path, name, "must be a standard resource for quota");
        }
    }

    public static void Validate(ResourceQuotaSpec spec, FieldErrors errors)
    {
        var path = FieldPath.Spec.Child("scopes");
        var written = $"[{string.Join(' ', spec.Scopes)}]";
        foreach (var scope in spec.Scopes)
        {
            Scope(scope, spec, path, written, path, errors);
        }

        foreach (var (one, other) in new[] { ("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating") })
        {
            if (spec.Scopes.Exists(s => s == one) && spec.Scopes.Exists(s => s == other))
            {
                errors.Invalid(path, written, "conflicting scopes");
            }
        }

        var expressions = FieldPath.Spec.Child("scopeSelector").Child("matchExpressions");
        foreach (var scope in QuotaScope.Of(spec with { Scopes = default }))
        {
            Scope(scope.Name, spec, expressions.Child("scopeName"), scope.Name, expressions, errors);
            Operator(scope, expressions, errors);
        }
    }

    private static bool IsKnown(string name) => Known.Contains(name)
        || name.StartsWith("hugepages-", StringComparison.Ordinal) || name.StartsWith("requests.hugepages-", StringComparison.Ordinal);

    private static void Scope(string scope, ResourceQuotaSpec spec, FieldPath path, string written, FieldPath whole, FieldErrors errors)
    {
        if (scope is not ("Terminating" or "NotTerminating" or "BestEffort" or "NotBestEffort" or "PriorityClass" or "CrossNamespacePodAffinity"))
        {
            errors.Invalid(path, written, "unsupported scope");
        }

        foreach (var (name, _) in spec.Hard)
        {
            if (IsKnown(name) && !(scope == "BestEffort" ? name == "pods" : OfPods.Contains(name)))
            {
                errors.Invalid(whole, written, "unsupported scope applied to resource");
            }
        }
    }

    private static void Operator(QuotaScope scope, FieldPath path, FieldErrors errors)
    {
        if (scope.Name != "PriorityClass" && scope.Operator != "Exists")
        {
            errors.Invalid(path.Child("operator"), scope.Operator, MustExist);
        }

        switch (scope.Operator)
        {
            case "In" or "NotIn" when scope.Values.IsEmpty:
                errors.Required(path.Child("values"), "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                break;
            case "Exists" or "DoesNotExist" when !scope.Values.IsEmpty:
                errors.Invalid(
                    path.Child("values"),
                    $"[{string.Join(' ', scope.Values)}]",
                    "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist":
                break;
            default:
                errors.Invalid(path.Child("operator"), scope.Operator, "not a valid selector operator");
                break;
        }
    }
}
