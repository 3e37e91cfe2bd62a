using KubeLab.Api.Meta;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Rules;

/// <summary>What makes a schema structural: every field has a type, and says so outside of <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> and <c>not</c>.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/apiserver/schema/validation.go.</remarks>
internal static class StructuralRules
{
    private enum Level
    {
        Root,
        Item,
        Field,
    }

    /// <summary>Says what keeps <paramref name="root"/> from being structural, sorted as upstream sorts it.</summary>
    public static IReadOnlyList<StatusCause> Check(StructuralSchema root, FieldPath path)
    {
        var errors = new FieldErrors();
        Invariants(root, Level.Root, path, errors);
        NestedRules.Completeness(root, path, errors);
        return [.. errors.Causes.OrderBy(c => $"{c.Field}: {c.Message}", StringComparer.Ordinal)];
    }

    private static void Invariants(StructuralSchema schema, Level level, FieldPath path, FieldErrors errors)
    {
        if (schema.Type == "array" && schema.Items is null)
        {
            errors.Required(path.Child("items"), "must be specified");
        }

        if (schema.Items is { } items)
        {
            Invariants(items, Level.Item, path.Child("items"), errors);
        }

        foreach (var (name, property) in schema.Properties)
        {
            Invariants(property, Level.Field, path.Child("properties").Key(name), errors);
        }

        if (schema.AllowsAdditional is not null && level == Level.Root)
        {
            errors.Forbidden(path.Child("additionalProperties"), "must not be used at the root");
        }

        if (schema.AdditionalProperties is { } entry)
        {
            Invariants(entry, Level.Field, path.Child("additionalProperties"), errors);
        }

        Extensions(schema, path, errors);
        NestedRules.Check(schema, path, errors);
        Types(schema, level, path, errors);
        Meta(schema, level, path, errors);
    }

    private static void Extensions(StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        if (schema.IntOrString && schema.KeepsUnknownFields)
        {
            errors.Invalid(path.Child("x-kubernetes-preserve-unknown-fields"), true, "must be false if x-kubernetes-int-or-string is true");
        }

        if (schema.IntOrString && schema.EmbeddedResource)
        {
            errors.Invalid(path.Child("x-kubernetes-embedded-resource"), true, "must be false if x-kubernetes-int-or-string is true");
        }

        if (schema.EmbeddedResource && schema.AllowsAdditional is not null)
        {
            errors.Forbidden(path.Child("additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set");
        }

        if (schema.EmbeddedResource && !schema.KeepsUnknownFields && schema.Properties.Count == 0)
        {
            errors.Required(
                path.Child("properties"), "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields");
        }
    }

    private static void Types(StructuralSchema schema, Level level, FieldPath path, FieldErrors errors)
    {
        const string Embedded = "must be object if x-kubernetes-embedded-resource is true";
        var place = path.Child("type");
        if (schema.EmbeddedResource && schema.Type != "object")
        {
            if (schema.Type.Length == 0)
            {
                errors.Required(place, Embedded);
            }
            else
            {
                errors.Invalid(place, schema.Type, Embedded);
            }
        }
        else if (schema.Type.Length == 0 && !schema.IntOrString && !schema.KeepsUnknownFields)
        {
            errors.Required(place, level switch
            {
                Level.Root => "must not be empty at the root",
                Level.Item => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            });
        }

        if (level == Level.Root && schema.Type.Length > 0 && schema.Type != "object")
        {
            errors.Invalid(place, schema.Type, "must be object at the root");
        }
    }

    private static void Meta(StructuralSchema schema, Level level, FieldPath path, FieldErrors errors)
    {
        if (level != Level.Root && !schema.EmbeddedResource)
        {
            return;
        }

        foreach (var name in (ReadOnlySpan<string>)["kind", "apiVersion"])
        {
            if (schema.Properties.TryGetValue(name, out var property) && property.Type != "string")
            {
                errors.Invalid(path.Child("properties").Key(name).Child("type"), property.Type, "must be string");
            }
        }

        if (!schema.Properties.TryGetValue("metadata", out var metadata))
        {
            return;
        }

        var place = path.Child("properties").Key("metadata");
        if (metadata.Type != "object")
        {
            errors.Invalid(place.Child("type"), metadata.Type, "must be object");
        }

        // Only what names may be can be narrowed; the rest of the metadata is the server's.
        var says = metadata.Source.EnumerateObject().Select(f => f.Name).Except(["type", "properties", "default"]);
        if (level == Level.Root && (says.Any() || metadata.Properties.Keys.Except(["name", "generateName"]).Any()))
        {
            errors.Forbidden(place, "must not specify anything other than name and generateName, but metadata is implicitly specified");
        }
    }
}
