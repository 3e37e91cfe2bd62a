using System.Text.Json;

namespace KubeLab.ApiServer.OpenApi.Version2;

/// <summary>Encodes a document in OpenAPI 2.0 as the message that Kubernetes' clients read.</summary>
/// <remarks>Field numbers are those of <c>openapi.v2.Document</c> and what it holds, in gnostic's openapiv2/OpenAPIv2.proto.</remarks>
internal static class GnosticDocument
{
    /// <summary>The message for <paramref name="document"/>.</summary>
    public static ReadOnlyMemory<byte> Encode(JsonElement document)
    {
        var message = new ProtobufWriter();
        GnosticSchema.Text(message, 1, document, "swagger");
        var info = message.Begin(2);
        GnosticSchema.Text(message, 1, document.GetProperty("info"), "title");
        GnosticSchema.Text(message, 2, document.GetProperty("info"), "version");
        message.End(info);
        var paths = message.Begin(8);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            Path(message, path);
        }

        message.End(paths);
        var definitions = message.Begin(9);
        GnosticSchema.WriteNamed(message, document.GetProperty("definitions"));
        message.End(definitions);
        return message.Written;
    }

    private static void Path(ProtobufWriter message, JsonProperty path)
    {
        var entry = message.Begin(2);
        message.Text(1, path.Name);
        var item = message.Begin(2);
        foreach (var part in path.Value.EnumerateObject())
        {
            if (part.Name == "parameters")
            {
                Parameters(message, 9, part.Value);
                continue;
            }

            var operation = message.Begin(part.Name switch
            {
                "get" => 2,
                "put" => 3,
                "post" => 4,
                "delete" => 5,
                "patch" => 8,
                _ => throw new ArgumentException($"no field for {part.Name}", nameof(path)),
            });
            Operation(message, part.Value);
            message.End(operation);
        }

        message.End(item);
        message.End(entry);
    }

    private static void Operation(ProtobufWriter message, JsonElement operation)
    {
        GnosticSchema.Texts(message, 6, operation, "produces");
        GnosticSchema.Texts(message, 7, operation, "consumes");
        Parameters(message, 8, operation.GetProperty("parameters"));
        var responses = message.Begin(9);
        foreach (var response in operation.GetProperty("responses").EnumerateObject())
        {
            Response(message, response);
        }

        message.End(responses);
        GnosticSchema.Extensions(message, 13, operation);
    }

    private static void Response(ProtobufWriter message, JsonProperty response)
    {
        var entry = message.Begin(1);
        message.Text(1, response.Name);
        var value = message.Begin(2);
        var described = message.Begin(1);
        GnosticSchema.Text(message, 1, response.Value, "description");
        var item = message.Begin(2);
        var schema = message.Begin(1);
        GnosticSchema.Write(message, response.Value.GetProperty("schema"));
        message.End(schema);
        message.End(item);
        message.End(described);
        message.End(value);
        message.End(entry);
    }

    private static void Parameters(ProtobufWriter message, int field, JsonElement parameters)
    {
        foreach (var parameter in parameters.EnumerateArray())
        {
            var item = message.Begin(field);
            var inner = message.Begin(1);
            var place = parameter.GetProperty("in").GetString();
            if (place == "body")
            {
                Body(message, parameter);
            }
            else
            {
                Simple(message, parameter, place == "path");
            }

            message.End(inner);
            message.End(item);
        }
    }

    private static void Body(ProtobufWriter message, JsonElement parameter)
    {
        var body = message.Begin(1);
        GnosticSchema.Text(message, 2, parameter, "name");
        GnosticSchema.Text(message, 3, parameter, "in");
        GnosticSchema.Flag(message, 4, parameter, "required");
        var schema = message.Begin(5);
        GnosticSchema.Write(message, parameter.GetProperty("schema"));
        message.End(schema);
        message.End(body);
    }

    // Those in the query may be empty, which takes field 5, so their later fields have numbers of one more.
    private static void Simple(ProtobufWriter message, JsonElement parameter, bool inPath)
    {
        var other = message.Begin(2);
        var place = message.Begin(inPath ? 4 : 3);
        GnosticSchema.Flag(message, 1, parameter, "required");
        GnosticSchema.Text(message, 2, parameter, "in");
        GnosticSchema.Text(message, 4, parameter, "name");
        GnosticSchema.Text(message, inPath ? 5 : 6, parameter, "type");
        GnosticSchema.Flag(message, inPath ? 19 : 20, parameter, "uniqueItems");
        message.End(place);
        message.End(other);
    }
}
