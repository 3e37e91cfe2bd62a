using System.Text.Json;

namespace KubeLab.ApiServer.OpenApi.Version2;

/// <summary>Turns a document in OpenAPI 3.0 into the same in OpenAPI 2.0.</summary>
/// <seealso href="https://swagger.io/specification/v2/">OpenAPI 2.0</seealso>
internal static class SwaggerDocument
{
    private const string Patch = SchemaNames.Meta + "Patch";

    /// <summary>Writes what <paramref name="document"/> says.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement document)
    {
        json.WriteStartObject();
        json.WriteString("swagger", "2.0");
        json.WritePropertyName("info");
        document.GetProperty("info").WriteTo(json);
        json.WriteStartObject("paths");
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            json.WriteStartObject(path.Name);
            foreach (var part in path.Value.EnumerateObject())
            {
                Part(json, part);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("definitions");
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            json.WritePropertyName(schema.Name);
            SwaggerSchema.WriteDefinition(json, schema);
        }

        json.WriteStartObject(Patch);
        json.WriteString("description", "A patch of the type that the request's Content-Type names.");
        json.WriteString("type", "object");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Part(Utf8JsonWriter json, JsonProperty part)
    {
        if (part.Name == "parameters")
        {
            json.WriteStartArray("parameters");
            Parameters(json, part.Value);
            json.WriteEndArray();
        }
        else
        {
            Operation(json, part);
        }
    }

    private static void Operation(Utf8JsonWriter json, JsonProperty operation)
    {
        var response = operation.Value.GetProperty("responses").GetProperty("200");
        var (answer, media) = Content(response);
        json.WriteStartObject(operation.Name);
        Consumes(json, operation.Name);
        Words(json, "produces", media);
        json.WriteStartArray("parameters");
        if (operation.Value.TryGetProperty("requestBody", out var body))
        {
            Body(json, Content(body).Schema);
        }
        else if (operation.Name == "patch")
        {
            Body(json, null);
        }

        Parameters(json, operation.Value.GetProperty("parameters"));
        json.WriteEndArray();
        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", response.GetProperty("description").GetString());
        json.WritePropertyName("schema");
        SwaggerSchema.Write(json, answer);
        json.WriteEndObject();
        json.WriteEndObject();
        foreach (var extension in operation.Value.EnumerateObject().Where(p => p.Name.StartsWith("x-", StringComparison.Ordinal)))
        {
            extension.WriteTo(json);
        }

        json.WriteEndObject();
    }

    // A patch does not say what types it takes: kubectl from 1.21 on then merges built-in kinds by what was compiled into it; else it would merge by
    // these schemas, which leave out the merge keys of fields that no record models.
    private static void Consumes(Utf8JsonWriter json, string method)
    {
        if (method != "patch")
        {
            Words(json, "consumes", "*/*");
        }
    }

    private static void Words(Utf8JsonWriter json, string name, string word)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private static (JsonElement Schema, string Media) Content(JsonElement holder)
    {
        var content = holder.GetProperty("content").EnumerateObject().First();
        return (content.Value.GetProperty("schema"), content.Name);
    }

    private static void Body(Utf8JsonWriter json, JsonElement? schema)
    {
        json.WriteStartObject();
        json.WriteString("name", "body");
        json.WriteString("in", "body");
        json.WriteBoolean("required", true);
        json.WritePropertyName("schema");
        if (schema is { } known)
        {
            SwaggerSchema.Write(json, known);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("$ref", SwaggerSchema.Definitions + Patch);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // What says its type in a schema of its own in 3.0 says it itself in 2.0.
    private static void Parameters(Utf8JsonWriter json, JsonElement parameters)
    {
        foreach (var parameter in parameters.EnumerateArray())
        {
            json.WriteStartObject();
            foreach (var field in parameter.EnumerateObject())
            {
                if (field.Name != "schema")
                {
                    field.WriteTo(json);
                    continue;
                }

                foreach (var word in field.Value.EnumerateObject())
                {
                    word.WriteTo(json);
                }
            }

            json.WriteBoolean("uniqueItems", true);
            json.WriteEndObject();
        }
    }
}
