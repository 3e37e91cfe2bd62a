using System.Text.Json;
using KubeLab.Api;
using KubeLab.ApiServer.CustomResources.Schemas;

namespace KubeLab.ApiServer.OpenApi;

/// <summary>Schemas that no field table knows: lists, and kinds whose fields are their users' own.</summary>
internal static class CustomSchema
{
    /// <summary>A kind as its definition describes it, with the metadata that all have; without a definition only the metadata is known.</summary>
    public static void Object(Utf8JsonWriter json, ApiResource kind, StructuralSchema? schema)
    {
        json.WriteStartObject();
        if (schema is null)
        {
            json.WriteString("type", "object");
            json.WriteBoolean("x-kubernetes-preserve-unknown-fields", true);
        }
        else
        {
            foreach (var field in schema.Source.EnumerateObject().Where(f => f.Name != "properties"))
            {
                field.WriteTo(json);
            }
        }

        json.WriteStartObject("properties");
        foreach (var (name, property) in schema?.Properties ?? [])
        {
            if (name is not ("apiVersion" or "kind" or "metadata"))
            {
                json.WritePropertyName(name);
                property.Source.WriteTo(json);
            }
        }

        Names(json);
        Reference(json, "metadata", SchemaNames.Meta + "ObjectMeta");
        json.WriteEndObject();
        GroupVersionKinds.WriteList(json, [(kind.Group, kind.Version, kind.Kind)]);
        json.WriteEndObject();
    }

    /// <summary>The list of a kind, whose schema is called <paramref name="element"/>.</summary>
    public static void List(Utf8JsonWriter json, ApiResource kind, string element)
    {
        json.WriteStartObject();
        json.WriteString("description", $"{kind.Kind} objects.");
        json.WriteString("type", "object");
        json.WriteStartArray("required");
        json.WriteStringValue("items");
        json.WriteEndArray();
        json.WriteStartObject("properties");
        Names(json);
        json.WriteStartObject("metadata");
        json.WriteString("description", "The store's revision that the list shows, and where its next chunk begins.");
        json.WriteString("type", "object");
        json.WriteEndObject();
        json.WriteStartObject("items");
        json.WriteString("description", "The objects.");
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("$ref", SchemaNames.Reference(element));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        GroupVersionKinds.WriteList(json, [(kind.Group, kind.Version, kind.ListKind)]);
        json.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter json)
    {
        foreach (var name in new[] { "apiVersion", "kind" })
        {
            var property = typeof(IApiObject).GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!;
            json.WriteStartObject(name);
            json.WriteString("description", FieldNotes.Shipped.Of(property));
            json.WriteString("type", "string");
            json.WriteEndObject();
        }
    }

    private static void Reference(Utf8JsonWriter json, string name, string schema)
    {
        json.WriteStartObject(name);
        json.WriteString("description", FieldNotes.Shipped.Of(typeof(IApiObject).GetProperty(nameof(IApiObject.Metadata))!));
        json.WriteStartArray("allOf");
        json.WriteStartObject();
        json.WriteString("$ref", SchemaNames.Reference(schema));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
