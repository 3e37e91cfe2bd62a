using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Rules;

/// <summary>What may stand inside <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> and <c>not</c>: checks of values, and nothing that shapes them.</summary>
internal static class NestedRules
{
    private static readonly (string Field, string Problem)[] Forbidden =
    [
        ("type", "must be empty to be structural"),
        ("additionalProperties", "must be undefined to be structural"),
        ("default", "must be undefined to be structural"),
        ("title", "must be empty to be structural"),
        ("description", "must be empty to be structural"),
        ("nullable", "must be false to be structural"),
        ("externalDocs", "must be undefined to be structural"),
        ("x-kubernetes-preserve-unknown-fields", "must be false to be structural"),
        ("x-kubernetes-embedded-resource", "must be false to be structural"),
        ("x-kubernetes-int-or-string", "must be false to be structural"),
        ("x-kubernetes-list-map-keys", "must be empty to be structural"),
        ("x-kubernetes-list-type", "must be undefined to be structural"),
        ("x-kubernetes-map-type", "must be undefined to be structural"),
        ("x-kubernetes-validations", "must be empty to be structural"),
    ];

    /// <summary>Checks what stands in the alternatives of <paramref name="schema"/>, and its pattern.</summary>
    public static void Check(StructuralSchema schema, FieldPath path, FieldErrors errors) => Check(schema, path, schema.IntOrString, errors);

    /// <summary>Checks that each field named in an alternative is described outside of it too.</summary>
    public static void Completeness(StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        Described(schema, schema, path, path, errors);
        if (schema.Items is { } items)
        {
            Completeness(items, path.Child("items"), errors);
        }

        foreach (var (name, property) in schema.Properties)
        {
            Completeness(property, path.Child("properties").Key(name), errors);
        }

        if (schema.AdditionalProperties is { } entry)
        {
            Completeness(entry, path.Child("additionalProperties"), errors);
        }
    }

    private static void Check(StructuralSchema schema, FieldPath path, bool mayBeIntOrString, FieldErrors errors)
    {
        // The two ways to write "a number or a text" are the exception to the rule that no type stands here.
        var isAnyOf = mayBeIntOrString && IsIntOrString(schema.AnyOf);
        foreach (var (alternative, place) in Alternatives(schema, path))
        {
            var isExempt = isAnyOf && schema.AnyOf.Contains(alternative);
            Nested(alternative, place, isExempt, mayBeIntOrString && schema.AllOf.Count > 0 && ReferenceEquals(schema.AllOf[0], alternative), errors);
        }

        if (schema.Matcher?.Problem is { } problem)
        {
            errors.Invalid(path.Child("pattern"), schema.Pattern, $"must be a valid regular expression, but isn't: {problem}");
        }
    }

    private static void Nested(StructuralSchema nested, FieldPath path, bool isExempt, bool mayBeIntOrString, FieldErrors errors)
    {
        Check(nested, path, mayBeIntOrString, errors);
        if (nested.Items is { } items)
        {
            Nested(items, path.Child("items"), false, false, errors);
        }

        foreach (var (name, property) in nested.Properties)
        {
            Nested(property, path.Child("properties").Key(name), false, false, errors);
        }

        foreach (var (field, problem) in Forbidden)
        {
            if (Says(nested, field) && !(isExempt && field == "type"))
            {
                errors.Forbidden(path.Child(field), problem);
            }
        }

        if (nested.Properties.ContainsKey("metadata"))
        {
            errors.Forbidden(path.Child("properties").Key("metadata"), "must not be specified in a nested context");
        }
    }

    private static bool Says(StructuralSchema schema, string field) => schema.Source.TryGetProperty(field, out var value) && value.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.False => field == "additionalProperties",
        System.Text.Json.JsonValueKind.String => field == "default" || value.GetString()!.Length > 0,
        System.Text.Json.JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => true,
    };

    private static void Described(StructuralSchema nested, StructuralSchema schema, FieldPath path, FieldPath nestedPath, FieldErrors errors)
    {
        foreach (var (alternative, place) in Alternatives(nested, nestedPath))
        {
            DescribedWhole(alternative, schema, path, place, errors);
        }
    }

    private static void DescribedWhole(StructuralSchema nested, StructuralSchema? schema, FieldPath path, FieldPath nestedPath, FieldErrors errors)
    {
        if (schema is null)
        {
            errors.Required(path, $"because it is defined in {nestedPath}");
            return;
        }

        Described(nested, schema, path, nestedPath, errors);
        if (nested.Items is { } items)
        {
            DescribedWhole(items, schema.Items, path.Child("items"), nestedPath.Child("items"), errors);
        }

        foreach (var (name, property) in nested.Properties)
        {
            var place = path.Child("properties").Key(name);
            DescribedWhole(property, schema.Properties.GetValueOrDefault(name), place, nestedPath.Child("properties").Key(name), errors);
        }
    }

    private static IEnumerable<(StructuralSchema Schema, FieldPath Path)> Alternatives(StructuralSchema schema, FieldPath path)
    {
        foreach (var (name, list) in new[] { ("anyOf", schema.AnyOf), ("allOf", schema.AllOf), ("oneOf", schema.OneOf) })
        {
            for (var i = 0; i < list.Count; i++)
            {
                yield return (list[i], path.Child(name).Index(i));
            }
        }

        if (schema.Not is { } not)
        {
            yield return (not, path.Child("not"));
        }
    }

    private static bool IsIntOrString(IReadOnlyList<StructuralSchema> anyOf) =>
        anyOf is [{ Type: "integer" }, { Type: "string" }] && anyOf.All(s => s.Source.EnumerateObject().Count() == 1);
}
