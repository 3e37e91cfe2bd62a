using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>Asks the rules of a schema (<c>x-kubernetes-validations</c>) of an object.</summary>
/// <remarks>Rules that ask for <c>oldSelf</c> hold for updates only, unless they say that it may be absent (<c>optionalOldSelf</c>). Upstream: apiextensions-apiserver/pkg/apiserver/schema/cel.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules">Validation rules</seealso>
internal sealed class CelRules
{
    private readonly Dictionary<SchemaRule, CelNode?> compiled = new(ReferenceEqualityComparer.Instance);

    /// <summary>Says which rules do not hold for <paramref name="value"/> and for what is in it.</summary>
    public void Check(JsonNode? value, JsonNode? old, StructuralSchema schema, string path, FieldErrors errors)
    {
        if (value is null)
        {
            return;
        }

        foreach (var rule in schema.Rules)
        {
            Ask(rule, value, old, schema, path, errors);
        }

        if (value is JsonObject map)
        {
            var before = schema.MapType == "atomic" ? null : old as JsonObject;
            foreach (var (name, field) in map)
            {
                if (schema.Properties.TryGetValue(name, out var property))
                {
                    Check(field, before?[name], property, path.Length == 0 ? name : $"{path}.{name}", errors);
                }
                else if (schema.AdditionalProperties is { } entry)
                {
                    Check(field, before?[name], entry, $"{path}[{name}]", errors);
                }
            }
        }
        else if (value is JsonArray list && schema.Items is { } items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                var before = schema.ListType == "map" ? ListTypes.Find(old as JsonArray, list[i], schema) : null;
                Check(list[i], before, items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), errors);
            }
        }
    }

    private void Ask(SchemaRule rule, JsonNode value, JsonNode? old, StructuralSchema schema, string path, FieldErrors errors)
    {
        // A rule that could not be read was refused with its definition; one that is here all the same asks nothing.
        if (Compiled(rule) is not { } expression)
        {
            return;
        }

        var usesOld = CelTypes.UsesOldSelf(expression);
        var isOptional = usesOld && rule.OptionalOldSelf == true;
        if ((usesOld && old is null && !isOptional) || (!usesOld && old is not null && path.Length > 0 && JsonNode.DeepEquals(value, old)))
        {
            return;
        }

        var shown = rule.Message.Length > 0 ? rule.Message.Trim() : rule.Rule.Trim();
        var self = CelTypes.ValueOf(value, schema);
        var before = usesOld ? CelTypes.ValueOf(old, schema) : null;
        before = !isOptional ? before : old is null ? CelOptional.None : new CelOptional(true, before);
        try
        {
            if (new CelEvaluation(("self", self), ("oldSelf", before)).Of(expression) is not true)
            {
                Report(rule, MessageOf(rule, self, before), SchemaProblem.Place(path + FieldOf(rule, path)), schema.Type, errors);
            }
        }
        catch (CelException wrong)
        {
            errors.Invalid(SchemaProblem.Place(path), schema.Type, wrong.Message switch
            {
                CelEvaluation.TooCostly => $"'{wrong.Message}': no further validation rules will be run due to call cost exceeds limit for rule: {shown}",
                "no such overload" =>
                    $"'{wrong.Message}': call arguments did not match a supported operator, function or macro signature for rule: {shown}",
                _ => $"{wrong.Message} evaluating rule: {shown}",
            });
        }
    }

    private static string MessageOf(SchemaRule rule, object? self, object? old)
    {
        if (rule.MessageExpression.Length > 0)
        {
            try
            {
                var made = new CelEvaluation(("self", self), ("oldSelf", old)).Of(CelParser.Parse(rule.MessageExpression));
                if (made is string text && text.Trim() is { Length: > 0 } message && !message.Contains('\n', StringComparison.Ordinal))
                {
                    return message;
                }
            }
            catch (CelException)
            {
                // A message that cannot be made is replaced by the plain one, as upstream.
            }
        }

        return rule.Message.Length > 0 ? rule.Message.Trim() : $"failed rule: {rule.Rule.Trim()}";
    }

    private static string FieldOf(SchemaRule rule, string path)
    {
        var field = rule.FieldPath.Trim();
        return path.Length == 0 ? field.TrimStart('.') : field;
    }

    private static void Report(SchemaRule rule, string message, FieldPath place, string type, FieldErrors errors)
    {
        switch (rule.Reason)
        {
            case "FieldValueForbidden":
                errors.Forbidden(place, message);
                break;
            case "FieldValueRequired":
                errors.Required(place, message);
                break;
            case "FieldValueDuplicate":
                errors.Duplicate(place, type);
                break;
            default:
                errors.Invalid(place, type, message);
                break;
        }
    }

    private CelNode? Compiled(SchemaRule rule)
    {
        if (!compiled.TryGetValue(rule, out var expression))
        {
            try
            {
                expression = CelParser.Parse(rule.Rule.Trim());
            }
            catch (CelException)
            {
                expression = null;
            }

            compiled.Add(rule, expression);
        }

        return expression;
    }
}
