using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with taints, and with what tolerates them.</summary>
internal static class TolerationValidation
{
    public static void Validate(ValueList<Toleration> tolerations, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < tolerations.Count; i++)
        {
            Toleration(tolerations[i], path.Index(i), errors);
        }
    }

    public static void Taints(ValueList<Taint> taints, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < taints.Count; i++)
        {
            var taint = taints[i];
            var at = path.Index(i);
            errors.InvalidAll(at.Child("key"), taint.Key, LabelNames.KeyErrors(taint.Key));
            errors.InvalidAll(at.Child("value"), taint.Value, LabelNames.ValueErrors(taint.Value ?? ""));
            if (taint.Effect.Length == 0)
            {
                errors.Required(at.Child("effect"));
            }
            else
            {
                Effect(taint.Effect, at.Child("effect"), errors);
            }

            for (var j = 0; j < i; j++)
            {
                if (taints[j].Key == taint.Key && taints[j].Effect == taint.Effect)
                {
                    errors.Duplicate(at, taint);
                    break;
                }
            }
        }
    }

    private static void Toleration(Toleration toleration, FieldPath path, FieldErrors errors)
    {
        if (toleration.Key is { Length: > 0 } key)
        {
            errors.InvalidAll(path.Child("key"), key, LabelNames.KeyErrors(key));
        }
        else if (toleration.Operator != "Exists")
        {
            errors.Invalid(
                path.Child("operator"), toleration.Operator ?? "", "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }

        if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
        {
            errors.Invalid(path.Child("effect"), toleration.Effect ?? "", "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }

        switch (toleration.Operator)
        {
            case null or "" or "Equal":
                errors.InvalidAll(path.Child("operator"), toleration.Value ?? "", LabelNames.ValueErrors(toleration.Value ?? ""));
                break;
            case "Exists" when !string.IsNullOrEmpty(toleration.Value):
                errors.Invalid(path.Child("operator"), toleration, "value must be empty when `operator` is 'Exists'");
                break;
            case "Exists":
                break;
            default:
                errors.NotSupported(path.Child("operator"), toleration.Operator, "Equal", "Exists");
                break;
        }

        if (!string.IsNullOrEmpty(toleration.Effect))
        {
            Effect(toleration.Effect, path.Child("effect"), errors);
        }
    }

    private static void Effect(string effect, FieldPath path, FieldErrors errors)
    {
        if (effect is not ("NoSchedule" or "PreferNoSchedule" or "NoExecute"))
        {
            errors.NotSupported(path, effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
        }
    }
}
