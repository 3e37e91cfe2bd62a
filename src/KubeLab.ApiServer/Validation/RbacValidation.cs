using KubeLab.Api;
using KubeLab.Api.Rbac;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with roles and bindings.</summary>
/// <remarks>Upstream: pkg/apis/rbac/validation/validation.go.</remarks>
internal static class RbacValidation
{
    private static readonly FieldPath RulesPath = FieldPath.Root("rules");
    private static readonly FieldPath SubjectsPath = FieldPath.Root("subjects");
    private static readonly FieldPath RolePath = FieldPath.Root("roleRef");

    public static void Validate(Role obj, FieldErrors errors) => Rules(obj.Rules, isNamespaced: true, errors);

    public static void ValidateUpdate(Role obj, Role old, FieldErrors errors) => Validate(obj, errors);

    public static void Validate(ClusterRole obj, FieldErrors errors)
    {
        Rules(obj.Rules, isNamespaced: false, errors);
        if (obj.AggregationRule is not { } aggregation)
        {
            return;
        }

        var path = FieldPath.Root("aggregationRule").Child("clusterRoleSelectors");
        if (aggregation.ClusterRoleSelectors.IsEmpty)
        {
            errors.Required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }

        for (var i = 0; i < aggregation.ClusterRoleSelectors.Count; i++)
        {
            PodSpecValidation.LabelSelector(aggregation.ClusterRoleSelectors[i], path.Index(i), errors);
        }
    }

    public static void ValidateUpdate(ClusterRole obj, ClusterRole old, FieldErrors errors) => Validate(obj, errors);

    public static void Validate(RoleBinding obj, FieldErrors errors)
    {
        RoleKind(obj.RoleRef, errors, "ClusterRole", "Role");
        Subjects(obj.Subjects, isNamespaced: true, errors);
    }

    public static void ValidateUpdate(RoleBinding obj, RoleBinding old, FieldErrors errors)
    {
        Validate(obj, errors);
        SameRole(obj.RoleRef, old.RoleRef, errors);
    }

    public static void Validate(ClusterRoleBinding obj, FieldErrors errors)
    {
        RoleKind(obj.RoleRef, errors, "ClusterRole");
        Subjects(obj.Subjects, isNamespaced: false, errors);
    }

    public static void ValidateUpdate(ClusterRoleBinding obj, ClusterRoleBinding old, FieldErrors errors)
    {
        Validate(obj, errors);
        SameRole(obj.RoleRef, old.RoleRef, errors);
    }

    private static void Rules(ValueList<PolicyRule> rules, bool isNamespaced, FieldErrors errors)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            Rule(rules[i], isNamespaced, RulesPath.Index(i), errors);
        }
    }

    private static void Rule(PolicyRule rule, bool isNamespaced, FieldPath path, FieldErrors errors)
    {
        if (rule.Verbs.IsEmpty)
        {
            errors.Required(path.Child("verbs"), "verbs must contain at least one value");
        }

        if (!rule.NonResourceURLs.IsEmpty)
        {
            if (isNamespaced)
            {
                errors.Invalid(path.Child("nonResourceURLs"), rule.NonResourceURLs, "namespaced rules cannot apply to non-resource URLs");
            }

            if (!rule.ApiGroups.IsEmpty || !rule.Resources.IsEmpty || !rule.ResourceNames.IsEmpty)
            {
                errors.Invalid(
                    path.Child("nonResourceURLs"), rule.NonResourceURLs, "rules cannot apply to both regular resources and non-resource URLs");
            }

            return;
        }

        if (rule.ApiGroups.IsEmpty)
        {
            errors.Required(path.Child("apiGroups"), "resource rules must supply at least one api group");
        }

        if (rule.Resources.IsEmpty)
        {
            errors.Required(path.Child("resources"), "resource rules must supply at least one resource");
        }
    }

    private static void RoleKind(RoleRef role, FieldErrors errors, params ReadOnlySpan<string> kinds)
    {
        if (role.ApiGroup != RbacDefaults.Group)
        {
            errors.NotSupported(RolePath.Child("apiGroup"), role.ApiGroup, RbacDefaults.Group);
        }

        if (!kinds.Contains(role.Kind))
        {
            errors.NotSupported(RolePath.Child("kind"), role.Kind, kinds);
        }

        if (role.Name.Length == 0)
        {
            errors.Required(RolePath.Child("name"));
        }
        else
        {
            errors.InvalidAll(RolePath.Child("name"), role.Name, NameRules.PathSegmentErrors(role.Name));
        }
    }

    private static void SameRole(RoleRef role, RoleRef old, FieldErrors errors)
    {
        if (role != old)
        {
            errors.Invalid(RolePath, role, "cannot change roleRef");
        }
    }

    private static void Subjects(ValueList<Subject> subjects, bool isNamespaced, FieldErrors errors)
    {
        for (var i = 0; i < subjects.Count; i++)
        {
            One(subjects[i], isNamespaced, SubjectsPath.Index(i), errors);
        }
    }

    private static void One(Subject subject, bool isNamespaced, FieldPath path, FieldErrors errors)
    {
        if (subject.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }

        switch (subject.Kind)
        {
            case "ServiceAccount":
                if (subject.Name.Length > 0)
                {
                    errors.InvalidAll(path.Child("name"), subject.Name, LabelNames.SubdomainErrors(subject.Name));
                }

                if (!string.IsNullOrEmpty(subject.ApiGroup))
                {
                    errors.NotSupported(path.Child("apiGroup"), subject.ApiGroup, "");
                }

                if (!isNamespaced && string.IsNullOrEmpty(subject.Namespace))
                {
                    errors.Required(path.Child("namespace"));
                }

                break;
            case "User" or "Group":
                if (subject.ApiGroup != RbacDefaults.Group)
                {
                    errors.NotSupported(path.Child("apiGroup"), subject.ApiGroup ?? "", RbacDefaults.Group);
                }

                break;
            default:
                errors.NotSupported(path.Child("kind"), subject.Kind, "Group", "ServiceAccount", "User");
                break;
        }
    }
}
