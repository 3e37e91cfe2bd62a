using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Rules;

/// <summary>What a schema may say at all, node by node.</summary>
/// <remarks>Upstream: ValidateCustomResourceDefinitionOpenAPISchema in apiextensions/validation/validation.go.</remarks>
internal static class SchemaRules
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];
    private static readonly string[] MetaFields = ["metadata", "kind", "apiVersion"];
    private static readonly string[] NotSupported = ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"];

    /// <summary>Checks a whole schema.</summary>
    public static void Check(StructuralSchema root, FieldPath path, FieldErrors errors)
    {
        if (root.Nullable)
        {
            errors.Forbidden(FieldPath.Root($"{path}.nullable"), "nullable cannot be true at the root");
        }

        Node(root, path, isRoot: true, new(null, false), errors);
    }

    private static void Node(StructuralSchema schema, FieldPath path, bool isRoot, Inside inside, FieldErrors errors)
    {
        Fields(schema, path, inside, errors);
        if (schema.AdditionalProperties is { } entry)
        {
            var inner = inside.IsMeta ? inside with { NoDefaults = "inside additionalProperties applying to object metadata" } : inside;
            Node(entry, path.Child("additionalProperties"), false, inner, errors);
        }

        foreach (var (name, property) in schema.Properties)
        {
            var isMeta = (isRoot || schema.EmbeddedResource) && MetaFields.Contains(name);
            var inner = isMeta ? new Inside(isRoot ? $"in top-level {name}" : inside.NoDefaults, true) : inside;
            Node(property, path.Child("properties").Key(name), false, inner, errors);
        }

        foreach (var (name, list) in new[] { ("allOf", schema.AllOf), ("oneOf", schema.OneOf), ("anyOf", schema.AnyOf) })
        {
            for (var i = 0; i < list.Count; i++)
            {
                Node(list[i], path.Child(name).Index(i), false, inside, errors);
            }
        }

        if (schema.Not is { } not)
        {
            Node(not, path.Child("not"), false, inside, errors);
        }

        if (schema.Items is { } items)
        {
            Node(items, path.Child("items"), false, inside, errors);
        }

        ListRules.Check(schema, path, errors);
    }

    private static void Fields(StructuralSchema schema, FieldPath path, Inside inside, FieldErrors errors)
    {
        if (schema.Type.Length > 0 && !Types.Contains(schema.Type))
        {
            errors.NotSupported(path.Child("type"), schema.Type, Types);
        }

        if (schema.Default is not null && inside.NoDefaults is { } reason)
        {
            errors.Forbidden(path.Child("default"), $"must not be set {reason}");
        }

        foreach (var field in NotSupported.Where(schema.Says))
        {
            errors.Forbidden(path.Child(field), $"{field} is not supported");
        }

        if (schema.Type == "null")
        {
            errors.Forbidden(path.Child("type"), "type cannot be set to null, use nullable as an alternative");
        }

        if (schema.Items is null && schema.Says("items"))
        {
            errors.Forbidden(path.Child("items"), "items must be a schema object and not an array");
        }

        if (inside.IsMeta && schema.EmbeddedResource)
        {
            errors.Forbidden(path.Child("x-kubernetes-embedded-resource"), "must not be used inside of resource meta");
        }

        if (schema.Source.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == System.Text.Json.JsonValueKind.True)
        {
            errors.Forbidden(path.Child("uniqueItems"), "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }

        if (schema.Properties.Count > 0 && (schema.AllowsAdditional == false || schema.AdditionalProperties is not null))
        {
            errors.Forbidden(path.Child("additionalProperties"), "additionalProperties and properties are mutual exclusive");
        }

        if (schema.PreserveUnknownFields == false)
        {
            errors.Invalid(path.Child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined");
        }
    }

    /// <summary>Where a node stands: why it may have no default, and whether it describes metadata.</summary>
    private readonly record struct Inside(string? NoDefaults, bool IsMeta);
}
