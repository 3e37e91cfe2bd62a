using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.CustomResources.Schemas;

namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>What a rule may say of the values that a schema describes: which names there are, and what JSON becomes.</summary>
internal static class CelTypes
{
    private static readonly string[] RootFields = ["apiVersion", "kind", "metadata"];

    /// <summary>A JSON value as expressions see it; where the schema says <c>number</c>, whole numbers are floating point too.</summary>
    public static object? ValueOf(JsonNode? node, StructuralSchema? schema)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonObject map:
                return map.ToDictionary(f => f.Key, f => ValueOf(f.Value, schema?.Field(f.Key)), StringComparer.Ordinal);
            case JsonArray list:
                return list.Select(element => ValueOf(element, schema?.Items)).ToList();
        }

        return node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ when schema?.Type != "number" && SchemaNumber.Whole(node) is { } whole => whole,
            _ => SchemaNumber.Of(node),
        };
    }

    /// <summary>Refuses names and fields that do not exist, as far as the schema says.</summary>
    /// <exception cref="CelException">There is no such variable or field.</exception>
    public static void Check(CelNode node, string source, StructuralSchema self, bool isRoot) =>
        SchemaOf(node, source, new() { ["self"] = new(self, isRoot), ["oldSelf"] = new(self, isRoot) });

    /// <summary>Whether the expression asks for what the object was.</summary>
    public static bool UsesOldSelf(CelNode node) => node switch
    {
        CelNode.Name name => name.Text == "oldSelf",
        CelNode.Select select => UsesOldSelf(select.Operand),
        CelNode.Index index => UsesOldSelf(index.Operand) || UsesOldSelf(index.Key),
        CelNode.Call call => call.Arguments.Any(UsesOldSelf),
        CelNode.ListOf list => list.Elements.Any(UsesOldSelf),
        CelNode.MapOf map => map.Entries.Any(e => UsesOldSelf(e.Key) || UsesOldSelf(e.Value)),
        CelNode.Each each => UsesOldSelf(each.Range) || UsesOldSelf(each.Body) || (each.Condition is { } c && UsesOldSelf(c)),
        _ => false,
    };

    /// <summary>The schema of what a node gives, null where nothing is known of it.</summary>
    private static Known? SchemaOf(CelNode node, string source, Dictionary<string, Known?> scope)
    {
        switch (node)
        {
            case CelNode.Name name:
                return scope.TryGetValue(name.Text, out var known)
                    ? known
                    : throw CelException.At(source, name.At, $"undeclared reference to '{name.Text}' (in container '')");
            case CelNode.Select select:
                return FieldOf(SchemaOf(select.Operand, source, scope), select, source);
            case CelNode.Index index:
                SchemaOf(index.Key, source, scope);
                return ElementOf(SchemaOf(index.Operand, source, scope));
            case CelNode.Each each:
                return EachOf(each, source, scope);
            case CelNode.Call call:
                foreach (var argument in call.Arguments)
                {
                    SchemaOf(argument, source, scope);
                }

                return null;
            case CelNode.ListOf list:
                foreach (var element in list.Elements)
                {
                    SchemaOf(element, source, scope);
                }

                return null;
            case CelNode.MapOf map:
                foreach (var (key, value) in map.Entries)
                {
                    SchemaOf(key, source, scope);
                    SchemaOf(value, source, scope);
                }

                return null;
            default:
                return null;
        }
    }

    private static Known? EachOf(CelNode.Each each, string source, Dictionary<string, Known?> scope)
    {
        var range = SchemaOf(each.Range, source, scope);
        var inner = new Dictionary<string, Known?>(scope) { [each.Variable] = range?.Schema.Items is { } items ? new(items, items.EmbeddedResource) : null };
        SchemaOf(each.Body, source, inner);
        if (each.Condition is { } condition)
        {
            SchemaOf(condition, source, inner);
        }

        return each.Macro == "filter" ? range : null;
    }

    // Rules see only what the schema names: what is kept without a schema is not visible.
    private static Known? FieldOf(Known? owner, CelNode.Select select, string source)
    {
        if (owner is not var (schema, isResource))
        {
            return null;
        }

        if (schema.Field(select.Field) is { } field)
        {
            return new(field, field.EmbeddedResource);
        }

        if ((isResource && RootFields.Contains(select.Field)) || schema.IsMap)
        {
            return null;
        }

        throw CelException.At(source, select.At, schema.Type == "object"
            ? $"undefined field '{select.Field}'"
            : $"type '{CelName(schema)}' does not support field selection");
    }

    private static Known? ElementOf(Known? owner) =>
        (owner?.Schema.Items ?? owner?.Schema.AdditionalProperties) is { } element ? new(element, element.EmbeddedResource) : null;

    private static string CelName(StructuralSchema schema) => schema.Type switch
    {
        "integer" => "int",
        "number" => "double",
        "boolean" => "bool",
        "array" => "list",
        _ => schema.Type,
    };

    private sealed record Known(StructuralSchema Schema, bool IsResource);
}
