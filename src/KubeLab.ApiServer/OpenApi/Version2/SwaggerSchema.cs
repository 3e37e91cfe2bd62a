using System.Text.Json;

namespace KubeLab.ApiServer.OpenApi.Version2;

/// <summary>Turns a schema of OpenAPI 3.0 into one of 2.0 that kubectl reads: what 2.0 has no word for is left out, so that it allows more, never less.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/controller/openapi/v2.ToStructuralOpenAPIV2.</remarks>
internal static class SwaggerSchema
{
    /// <summary>How references to definitions begin.</summary>
    public const string Definitions = "#/definitions/";

    private static readonly string Components = SchemaNames.Reference("");
    private static readonly string[] ObjectFields = ["apiVersion", "kind", "metadata"];

    /// <summary>Writes a schema that has a name.</summary>
    public static void WriteDefinition(Utf8JsonWriter json, JsonProperty schema)
    {
        json.WriteStartObject();
        if (KeepsUnknown(schema.Value))
        {
            // A kind that may hold anything is an object still, of which nothing else is said.
            json.WriteString("type", "object");
            Plain(json, schema.Value, withType: false);
        }
        else if (schema.Name is SchemaNames.Quantity or SchemaNames.IntOrString)
        {
            // Where one of two types may stand, 2.0 says that it is text, for which clients take numbers too.
            json.WriteString("type", "string");
            Plain(json, schema.Value, withType: false);
        }
        else
        {
            Fields(json, schema.Value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a schema.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement schema)
    {
        json.WriteStartObject();
        Fields(json, schema);
        json.WriteEndObject();
    }

    private static void Fields(Utf8JsonWriter json, JsonElement schema)
    {
        if (Reference(schema) is { } name)
        {
            json.WriteString("$ref", Definitions + name);
            Plain(json, schema, withType: false);
            return;
        }

        // kubectl reads the parts of a value as all there may be, so those of one that may be null or hold more are not named.
        if (KeepsUnknown(schema) || Says(schema, "nullable"))
        {
            Plain(json, schema, withType: !Says(schema, "nullable") && TypeOf(schema) is not ("object" or "array"));
            return;
        }

        var items = Part(schema, "items");
        Plain(json, schema, withType: items is not null || TypeOf(schema) != "array");
        Required(json, schema);
        Properties(json, schema);
        if (items is { } element)
        {
            json.WritePropertyName("items");
            Write(json, element);
        }

        if (Part(schema, "additionalProperties") is { } entries)
        {
            json.WritePropertyName("additionalProperties");
            if (entries.ValueKind == JsonValueKind.Object)
            {
                Write(json, entries);
            }
            else
            {
                entries.WriteTo(json);
            }
        }
    }

    private static void Plain(Utf8JsonWriter json, JsonElement schema, bool withType)
    {
        foreach (var field in schema.EnumerateObject().Where(f => f.Value.ValueKind != JsonValueKind.Null))
        {
            if (IsKept(field.Name) || (withType && field.Name == "type"))
            {
                field.WriteTo(json);
            }
        }
    }

    private static bool IsKept(string name) => name switch
    {
        "default" or "description" or "enum" or "example" or "format" or "pattern" or "title" => true,
        "exclusiveMaximum" or "exclusiveMinimum" or "maximum" or "minimum" or "multipleOf" => true,
        "maxItems" or "maxLength" or "maxProperties" or "minItems" or "minLength" or "minProperties" or "uniqueItems" => true,
        _ => name.StartsWith("x-", StringComparison.Ordinal),
    };

    // Who may be null need not be there for kubectl, which takes null for absent.
    private static void Required(Utf8JsonWriter json, JsonElement schema)
    {
        var names = Part(schema, "required") is { } required
            ? required.EnumerateArray().Select(n => n.GetString()!).Where(n => !MayBeNull(schema, n)).ToList()
            : [];
        if (names.Count > 0)
        {
            json.WriteStartArray("required");
            names.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }
    }

    private static void Properties(Utf8JsonWriter json, JsonElement schema)
    {
        // An object that names no field is to kubectl one that has none, so it names none only by saying nothing.
        if (Part(schema, "properties") is not { } properties || !properties.EnumerateObject().Any())
        {
            return;
        }

        json.WriteStartObject("properties");
        foreach (var property in properties.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            Write(json, property.Value);
        }

        if (Says(schema, "x-kubernetes-embedded-resource"))
        {
            Embedded(json, properties);
        }

        json.WriteEndObject();
    }

    // An object within an object has a kind and metadata, whether its definition names them or not.
    private static void Embedded(Utf8JsonWriter json, JsonElement properties)
    {
        foreach (var name in ObjectFields.Where(n => !properties.TryGetProperty(n, out _)))
        {
            json.WriteStartObject(name);
            json.WriteString(name == "metadata" ? "$ref" : "type", name == "metadata" ? $"{Definitions}{SchemaNames.Meta}ObjectMeta" : "string");
            json.WriteEndObject();
        }
    }

    // In 3.0 nothing may stand beside a reference, so it comes wrapped; in 2.0 a description may.
    private static string? Reference(JsonElement schema)
    {
        var holder = Part(schema, "allOf") is { } all && all.GetArrayLength() == 1 ? all[0] : schema;
        return Part(holder, "$ref") is { } reference ? reference.GetString()![Components.Length..] : null;
    }

    private static bool KeepsUnknown(JsonElement schema) => Says(schema, "x-kubernetes-preserve-unknown-fields");

    private static bool Says(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? TypeOf(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static bool MayBeNull(JsonElement schema, string field) =>
        Part(schema, "properties") is { } properties && Part(properties, field) is { } property && Says(property, "nullable");

    private static JsonElement? Part(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? part : null;
}
