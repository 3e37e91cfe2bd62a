using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;

namespace KubeLab.ApiServer.CustomResources.Schemas;

/// <summary>Reads a schema as it stands in a definition.</summary>
internal static class SchemaReader
{
    /// <summary>The schema, or null when there is none.</summary>
    /// <exception cref="FormatException">A field has the wrong type; the message is upstream's.</exception>
    public static StructuralSchema? Read(OpaqueObject? schema) =>
        schema is null ? null : Read(JsonSerializer.SerializeToElement(schema, ApiJson.Default.OpaqueObject));

    /// <summary>The schema that <paramref name="source"/> writes.</summary>
    /// <exception cref="FormatException">A field has the wrong type; the message is upstream's.</exception>
    public static StructuralSchema Read(JsonElement source)
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(source, null, "v1.JSONSchemaProps");
        }

        var (additional, allows) = Additional(source);
        return new StructuralSchema
        {
            Source = source,
            Type = Text(source, "type") ?? "",
            Format = Text(source, "format") ?? "",
            Nullable = Truth(source, "nullable") ?? false,
            Default = Find(source, "default") is { } given ? Node(given) : null,
            Maximum = Number(source, "maximum"),
            ExclusiveMaximum = Truth(source, "exclusiveMaximum") ?? false,
            Minimum = Number(source, "minimum"),
            ExclusiveMinimum = Truth(source, "exclusiveMinimum") ?? false,
            MultipleOf = Number(source, "multipleOf"),
            MaxLength = Whole(source, "maxLength"),
            MinLength = Whole(source, "minLength"),
            Pattern = Text(source, "pattern") ?? "",
            MaxItems = Whole(source, "maxItems"),
            MinItems = Whole(source, "minItems"),
            MaxProperties = Whole(source, "maxProperties"),
            MinProperties = Whole(source, "minProperties"),
            Required = Texts(source, "required"),
            Enum = [.. List(source, "enum").Select(Node)],
            Items = Find(source, "items") is { ValueKind: JsonValueKind.Object } items ? Read(items) : null,
            Properties = Map(source, "properties"),
            AdditionalProperties = additional,
            AllowsAdditional = allows,
            AllOf = Schemas(source, "allOf"),
            AnyOf = Schemas(source, "anyOf"),
            OneOf = Schemas(source, "oneOf"),
            Not = Find(source, "not") is { } not ? Read(not) : null,
            PreserveUnknownFields = Truth(source, "x-kubernetes-preserve-unknown-fields"),
            EmbeddedResource = Truth(source, "x-kubernetes-embedded-resource") ?? false,
            IntOrString = Truth(source, "x-kubernetes-int-or-string") ?? false,
            ListType = Text(source, "x-kubernetes-list-type"),
            ListMapKeys = Texts(source, "x-kubernetes-list-map-keys"),
            MapType = Text(source, "x-kubernetes-map-type"),
            Rules = [.. List(source, "x-kubernetes-validations").Select(Rule)],
        };
    }

    private static SchemaRule Rule(JsonElement rule) => new(
        Text(rule, "rule") ?? "",
        Text(rule, "message") ?? "",
        Text(rule, "messageExpression") ?? "",
        Text(rule, "reason"),
        Text(rule, "fieldPath") ?? "",
        Truth(rule, "optionalOldSelf"));

    private static (StructuralSchema? Schema, bool? Allows) Additional(JsonElement source) => Find(source, "additionalProperties") switch
    {
        null => (null, null),
        { ValueKind: JsonValueKind.True } => (null, true),
        { ValueKind: JsonValueKind.False } => (null, false),
        { } schema => (Read(schema), true),
    };

    private static SortedDictionary<string, StructuralSchema> Map(JsonElement source, string name)
    {
        var map = new SortedDictionary<string, StructuralSchema>(StringComparer.Ordinal);
        if (Find(source, name) is not { } value)
        {
            return map;
        }

        foreach (var entry in Of(value, JsonValueKind.Object, name, "map[string]v1.JSONSchemaProps").EnumerateObject())
        {
            map[entry.Name] = Read(entry.Value);
        }

        return map;
    }

    private static StructuralSchema[] Schemas(JsonElement source, string name) => [.. List(source, name).Select(Read)];

    private static string[] Texts(JsonElement source, string name) => [.. List(source, name).Select(e => Of(e, JsonValueKind.String, name, "string").GetString()!)];

    private static JsonElement[] List(JsonElement source, string name) =>
        Find(source, name) is { } list ? [.. Of(list, JsonValueKind.Array, name, "[]v1.JSONSchemaProps").EnumerateArray()] : [];

    private static string? Text(JsonElement source, string name) =>
        Find(source, name) is { } text ? Of(text, JsonValueKind.String, name, "string").GetString() : null;

    private static double? Number(JsonElement source, string name) =>
        Find(source, name) is { } number ? Of(number, JsonValueKind.Number, name, "float64").GetDouble() : null;

    private static long? Whole(JsonElement source, string name) => Find(source, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var whole) => whole,
        { } other => throw Wrong(other, name, "int64"),
    };

    private static bool? Truth(JsonElement source, string name) => Find(source, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Wrong(other, name, "bool"),
    };

    private static JsonElement? Find(JsonElement source, string name) =>
        source.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement Of(JsonElement value, JsonValueKind kind, string name, string type) =>
        value.ValueKind == kind ? value : throw Wrong(value, name, type);

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());

    private static FormatException Wrong(JsonElement value, string? name, string type)
    {
        var word = value.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            _ => "bool",
        };
        return new(name is null
            ? $"json: cannot unmarshal {word} into Go value of type {type}"
            : $"json: cannot unmarshal {word} into Go struct field JSONSchemaProps.{name} of type {type}");
    }
}
