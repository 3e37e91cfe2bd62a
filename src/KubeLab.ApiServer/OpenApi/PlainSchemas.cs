using System.Text.Json;
using KubeLab.ApiServer.Decoding;

namespace KubeLab.ApiServer.OpenApi;

/// <summary>The schemas of values that are no messages, and how a field says its type. All is in the form of OpenAPI 3.0.</summary>
internal static class PlainSchemas
{
    /// <summary>Writes the values that have a schema of their own, whose names clients show.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        OneOf(json, SchemaNames.Quantity, "An amount with a suffix, for example 500m, 1.5Gi or 2k.", "string", "number", null);
        OneOf(json, SchemaNames.IntOrString, "A number, or a text such as a percentage or a port's name.", "integer", "string", "int-or-string");
        Text(json, "Time", "An instant in RFC 3339, in whole seconds.");
        Text(json, "MicroTime", "An instant in RFC 3339, in microseconds.");
        json.WriteStartObject(SchemaNames.Meta + "FieldsV1");
        json.WriteString("description", "A set of fields, as a tree of f:, k: and v: keys.");
        json.WriteString("type", "object");
        json.WriteEndObject();
    }

    /// <summary>Writes the type of a field into the object that is open.</summary>
    public static void WriteType(Utf8JsonWriter json, FieldType type)
    {
        if (type.IsMap)
        {
            json.WriteString("type", "object");
            Inside(json, "additionalProperties", type.InsideMap);
        }
        else if (type.IsList)
        {
            json.WriteString("type", "array");
            Inside(json, "items", type.InsideList);
        }
        else if (Reference(type) is { } name)
        {
            // In OpenAPI 3.0 nothing may stand beside a reference, so it is wrapped.
            json.WriteStartArray("allOf");
            json.WriteStartObject();
            json.WriteString("$ref", SchemaNames.Reference(name));
            json.WriteEndObject();
            json.WriteEndArray();
        }
        else if (type.Value?.StartsWith("JSON", StringComparison.Ordinal) != true)
        {
            // A field that takes any JSON says no type at all.
            var (word, format) = type.Value switch
            {
                "int32" or "int64" => ("integer", type.Value),
                "double" => ("number", type.Value),
                "bool" => ("boolean", null),
                "bytes" => ("string", "byte"),
                "RawExtension" => ("object", null),
                _ => ("string", null),
            };
            json.WriteString("type", word);
            if (format is not null)
            {
                json.WriteString("format", format);
            }
        }
    }

    private static string? Reference(FieldType type) => type.Message is { } message
        ? SchemaNames.Of(message)
        : type.Value switch
        {
            "Quantity" => SchemaNames.Quantity,
            "IntOrString" => SchemaNames.IntOrString,
            "Time" or "MicroTime" or "FieldsV1" => SchemaNames.Meta + type.Value,
            _ => null,
        };

    private static void Inside(Utf8JsonWriter json, string name, FieldType type)
    {
        json.WriteStartObject(name);
        WriteType(json, type);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string description)
    {
        json.WriteStartObject(SchemaNames.Meta + name);
        json.WriteString("description", description);
        json.WriteString("type", "string");
        json.WriteString("format", "date-time");
        json.WriteEndObject();
    }

    private static void OneOf(Utf8JsonWriter json, string name, string description, string first, string second, string? format)
    {
        json.WriteStartObject(name);
        json.WriteString("description", description);
        json.WriteStartArray("oneOf");
        foreach (var type in new[] { first, second })
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (format is not null)
        {
            json.WriteString("format", format);
        }

        json.WriteEndObject();
    }
}
