using KubeLab.ApiServer.CustomResources.Cel;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Rules;

/// <summary>Rules in CEL must be readable, speak of fields that exist, and keep to the lab's part of the language.</summary>
internal static class RuleRules
{
    private static readonly string[] Reasons = ["FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired", "FieldValueDuplicate"];

    /// <summary>Checks all rules of a schema; <paramref name="uncorrelated"/> is the list within which old and new cannot be told apart, or null.</summary>
    public static void Check(StructuralSchema schema, FieldPath path, FieldErrors errors, bool isRoot = true, FieldPath? uncorrelated = null)
    {
        for (var i = 0; i < schema.Rules.Count; i++)
        {
            Check(schema.Rules[i], schema, path.Child("x-kubernetes-validations").Index(i), isRoot || schema.EmbeddedResource, uncorrelated, errors);
        }

        var within = uncorrelated ?? (schema.MapType == "atomic" ? path : null);
        foreach (var (name, property) in schema.Properties)
        {
            Check(property, path.Child("properties").Key(name), errors, false, within);
        }

        if (schema.AdditionalProperties is { } entry)
        {
            Check(entry, path.Child("additionalProperties"), errors, false, uncorrelated);
        }

        if (schema.Items is { } items)
        {
            Check(items, path.Child("items"), errors, false, uncorrelated ?? (schema.ListType == "map" ? null : path));
        }
    }

    private static void Check(SchemaRule rule, StructuralSchema schema, FieldPath path, bool isResource, FieldPath? uncorrelated, FieldErrors errors)
    {
        Texts(rule, path, errors);
        if (rule.Rule.Trim() is not { Length: > 0 } text)
        {
            errors.Required(path.Child("rule"), "rule is not specified");
            return;
        }

        if (Compile(text, schema, isResource, path.Child("rule"), errors) is { } node)
        {
            OldSelf(rule, CelTypes.UsesOldSelf(node), path, uncorrelated, errors);
        }

        if (rule.MessageExpression.Trim() is { Length: > 0 } message)
        {
            Compile(message, schema, isResource, path.Child("messageExpression"), errors);
        }
    }

    private static void OldSelf(SchemaRule rule, bool isUsed, FieldPath path, FieldPath? uncorrelated, FieldErrors errors)
    {
        if (isUsed && uncorrelated is not null)
        {
            errors.Invalid(path.Child("rule"), rule.Rule, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {uncorrelated}");
        }
        else if (!isUsed && rule.OptionalOldSelf is { } optional)
        {
            errors.Invalid(path.Child("optionalOldSelf"), optional, "may not be set if oldSelf is not used in rule");
        }
    }

    private static CelNode? Compile(string text, StructuralSchema schema, bool isResource, FieldPath path, FieldErrors errors)
    {
        try
        {
            var node = CelParser.Parse(text);
            CelTypes.Check(node, text, schema, isResource);
            return node;
        }
        catch (CelException wrong)
        {
            errors.Invalid(path, text, wrong.Message);
            return null;
        }
    }

    private static void Texts(SchemaRule rule, FieldPath path, FieldErrors errors)
    {
        var message = rule.Message.Trim();
        if (rule.Message.Length > 0 && message.Length == 0)
        {
            errors.Invalid(path.Child("message"), rule.Message, "message must be non-empty if specified");
        }
        else if (message.Contains('\n', StringComparison.Ordinal))
        {
            errors.Invalid(path.Child("message"), rule.Message, "message must not contain line breaks");
        }
        else if (rule.Rule.Trim().Contains('\n', StringComparison.Ordinal) && message.Length == 0)
        {
            errors.Required(path.Child("message"), "message must be specified if rule contains line breaks");
        }

        if (rule.Reason is { } reason && !Reasons.Contains(reason))
        {
            errors.NotSupported(path.Child("reason"), reason, Reasons);
        }

        if (rule.FieldPath.Contains('\n', StringComparison.Ordinal))
        {
            errors.Invalid(path.Child("fieldPath"), rule.FieldPath, "fieldPath must not contain line breaks");
        }
    }
}
