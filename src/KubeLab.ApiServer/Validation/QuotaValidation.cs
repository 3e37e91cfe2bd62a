using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with quotas and limit ranges.</summary>
/// <remarks>Upstream: pkg/apis/core/validation/validation.go.</remarks>
internal static class QuotaValidation
{
    public static void Validate(ResourceQuota obj, FieldErrors errors)
    {
        var hard = FieldPath.Spec.Child("hard");
        foreach (var (name, _) in obj.Spec.Hard)
        {
            QuotaScopeValidation.Name(name, hard.Key(name), errors);
        }

        ResourceValidation.Amounts(obj.Spec.Hard, hard, errors);
        QuotaScopeValidation.Validate(obj.Spec, errors);
    }

    public static void ValidateUpdate(ResourceQuota obj, ResourceQuota old, FieldErrors errors)
    {
        Validate(obj, errors);
        if (obj.Spec.Scopes != old.Spec.Scopes)
        {
            errors.Invalid(FieldPath.Spec.Child("scopes"), string.Join(',', obj.Spec.Scopes), NameRules.Immutable);
        }
    }

    public static void Validate(LimitRange obj, FieldErrors errors)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < obj.Spec.Limits.Count; i++)
        {
            var item = obj.Spec.Limits[i];
            var path = FieldPath.Spec.Child("limits").Index(i);
            if (!types.Add(item.Type))
            {
                errors.Duplicate(path.Child("type"), item.Type);
            }

            Item(item, path, errors);
        }
    }

    public static void ValidateUpdate(LimitRange obj, LimitRange old, FieldErrors errors)
    {
        if (obj.Spec != old.Spec)
        {
            Validate(obj, errors);
        }
    }

    private static void Item(LimitRangeItem item, FieldPath path, FieldErrors errors)
    {
        if (item.Type == "Pod" && !item.Default.IsEmpty)
        {
            errors.Forbidden(path.Child("default"), "may not be specified when `type` is 'Pod'");
        }

        if (item.Type == "Pod" && !item.DefaultRequest.IsEmpty)
        {
            errors.Forbidden(path.Child("defaultRequest"), "may not be specified when `type` is 'Pod'");
        }

        if (item.Type == "PersistentVolumeClaim" && !item.Min.ContainsKey("storage") && !item.Max.ContainsKey("storage"))
        {
            errors.Required(path.Child("limits"), "either minimum or maximum storage value is required, but neither was provided");
        }

        Ordered(item.Min, "min", item.Max, "max", path.Child("min"), errors);
        Ordered(item.Min, "min", item.DefaultRequest, "default request", path.Child("defaultRequest"), errors);
        Ordered(item.DefaultRequest, "default request", item.Max, "max", path.Child("defaultRequest"), errors);
        Ordered(item.DefaultRequest, "default request", item.Default, "default", path.Child("defaultRequest"), errors);
        Ordered(item.Min, "min", item.Default, "default", path.Child("default"), errors);
        Ordered(item.Default, "default", item.Max, "max", path.Child("default"), errors);
    }

    private static void Ordered(ResourceList low, string lowName, ResourceList high, string highName, FieldPath path, FieldErrors errors)
    {
        foreach (var (name, least) in low)
        {
            if (high.TryGetValue(name, out var most) && least > most)
            {
                // What is named is the field that the path leads to; only when a minimum meets a default is that the higher side.
                var value = lowName == "min" && highName != "max" ? most : least;
                errors.Invalid(path.Key(name), value.ToString(), $"{lowName} value {least} is greater than {highName} value {most}");
            }
        }
    }
}
