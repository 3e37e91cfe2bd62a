using System.Text.Json;

namespace KubeLab.ApiServer.OpenApi.Version2;

/// <summary>Encodes schemas of OpenAPI 2.0 as gnostic's message <c>openapi.v2.Schema</c>.</summary>
internal static class GnosticSchema
{
    /// <summary>Writes the fields of <paramref name="schema"/> into the message that is open.</summary>
    public static void Write(ProtobufWriter message, JsonElement schema)
    {
        foreach (var field in schema.EnumerateObject())
        {
            switch (field.Value.ValueKind)
            {
                case JsonValueKind.String when NumberOfText(field.Name) is > 0 and var number:
                    message.Text(number, field.Value.GetString()!);
                    break;
                case JsonValueKind.Number when NumberOfDouble(field.Name) is > 0 and var number:
                    message.Number(number, field.Value.GetDouble());
                    break;
                case JsonValueKind.Number when NumberOfInteger(field.Name) is > 0 and var number:
                    message.Integer(number, (long)field.Value.GetDouble());
                    break;
                case JsonValueKind.True or JsonValueKind.False when NumberOfFlag(field.Name) is > 0 and var number:
                    message.Flag(number, field.Value.GetBoolean());
                    break;
                default:
                    Other(message, schema, field);
                    break;
            }
        }

        Extensions(message, 31, schema);
    }

    /// <summary>Writes schemas under their names, in the form of a map's entries.</summary>
    public static void WriteNamed(ProtobufWriter message, JsonElement schemas)
    {
        foreach (var schema in schemas.EnumerateObject())
        {
            var entry = message.Begin(1);
            message.Text(1, schema.Name);
            Inner(message, 2, schema.Value);
            message.End(entry);
        }
    }

    /// <summary>Writes a text, if it is there.</summary>
    public static void Text(ProtobufWriter message, int field, JsonElement holder, string name)
    {
        if (holder.TryGetProperty(name, out var value))
        {
            message.Text(field, value.GetString()!);
        }
    }

    /// <summary>Writes a list of texts, if it is there.</summary>
    public static void Texts(ProtobufWriter message, int field, JsonElement holder, string name)
    {
        if (holder.TryGetProperty(name, out var list))
        {
            foreach (var value in list.EnumerateArray())
            {
                message.Text(field, value.GetString()!);
            }
        }
    }

    /// <summary>Writes a truth value, if it is there.</summary>
    public static void Flag(ProtobufWriter message, int field, JsonElement holder, string name)
    {
        if (holder.TryGetProperty(name, out var value))
        {
            message.Flag(field, value.GetBoolean());
        }
    }

    /// <summary>Writes what begins with <c>x-</c>.</summary>
    public static void Extensions(ProtobufWriter message, int field, JsonElement holder)
    {
        foreach (var extension in holder.EnumerateObject().Where(p => p.Name.StartsWith("x-", StringComparison.Ordinal)))
        {
            var entry = message.Begin(field);
            message.Text(1, extension.Name);
            Any(message, 2, extension.Value);
            message.End(entry);
        }
    }

    private static void Other(ProtobufWriter message, JsonElement schema, JsonProperty field)
    {
        switch (field.Name)
        {
            case "default":
                Any(message, 5, field.Value);
                break;
            case "required":
                Texts(message, 19, schema, "required");
                break;
            case "enum":
                foreach (var value in field.Value.EnumerateArray())
                {
                    Any(message, 20, value);
                }

                break;
            case "additionalProperties":
                Additional(message, field.Value);
                break;
            case "type":
                var type = message.Begin(22);
                message.Text(1, field.Value.GetString()!);
                message.End(type);
                break;
            case "items":
                var items = message.Begin(23);
                Inner(message, 1, field.Value);
                message.End(items);
                break;
            case "properties":
                var properties = message.Begin(25);
                WriteNamed(message, field.Value);
                message.End(properties);
                break;
            case "example":
                Any(message, 30, field.Value);
                break;
            default:
                break;
        }
    }

    private static void Additional(ProtobufWriter message, JsonElement value)
    {
        var additional = message.Begin(21);
        if (value.ValueKind == JsonValueKind.Object)
        {
            Inner(message, 1, value);
        }
        else
        {
            message.Flag(2, value.GetBoolean());
        }

        message.End(additional);
    }

    private static void Inner(ProtobufWriter message, int field, JsonElement schema)
    {
        var inner = message.Begin(field);
        Write(message, schema);
        message.End(inner);
    }

    // The message keeps free values as YAML, and JSON is that too.
    private static void Any(ProtobufWriter message, int field, JsonElement value)
    {
        var any = message.Begin(field);
        message.Text(2, value.GetRawText());
        message.End(any);
    }

    private static int NumberOfText(string name) => name switch
    {
        "$ref" => 1,
        "format" => 2,
        "title" => 3,
        "description" => 4,
        "pattern" => 13,
        _ => 0,
    };

    private static int NumberOfDouble(string name) => name switch
    {
        "multipleOf" => 6,
        "maximum" => 7,
        "minimum" => 9,
        _ => 0,
    };

    private static int NumberOfInteger(string name) => name switch
    {
        "maxLength" => 11,
        "minLength" => 12,
        "maxItems" => 14,
        "minItems" => 15,
        "maxProperties" => 17,
        "minProperties" => 18,
        _ => 0,
    };

    private static int NumberOfFlag(string name) => name switch
    {
        "exclusiveMaximum" => 8,
        "exclusiveMinimum" => 10,
        "uniqueItems" => 16,
        _ => 0,
    };
}
