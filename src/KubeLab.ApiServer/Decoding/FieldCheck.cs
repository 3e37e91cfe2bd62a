using System.Globalization;
using System.Text.Json;
using KubeLab.Api;

namespace KubeLab.ApiServer.Decoding;

/// <summary>
/// Walks one body beside the table of fields: what is unknown or said twice is noted and left out, what has the wrong type ends the walk.
/// </summary>
/// <remarks>
/// The texts are those of upstream's decoder (sigs.k8s.io/json), which names the struct, the path of fields and the Go type.
/// </remarks>
internal sealed class FieldCheck(Utf8JsonWriter output)
{
    /// <summary>How many complaints are kept: who sends more has more to repair than fits an answer; upstream's number.</summary>
    public const int ComplaintsMax = 100;

    private readonly List<string> path = [];
    private readonly List<string> fields = [];
    private string goStruct = "";

    /// <summary>What strict validation refuses, in the order it was met.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Copies an object of <paramref name="message"/> without what it may not hold.</summary>
    /// <exception cref="FormatException">A value has the wrong type; the message is upstream's.</exception>
    public void Object(JsonElement value, FieldMessage message)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(value, message.GoType);
        }

        var outer = goStruct;
        goStruct = message.GoStruct;
        output.WriteStartObject();
        var last = LastPlaces(value);
        var place = 0;
        foreach (var property in value.EnumerateObject())
        {
            path.Add(path.Count == 0 ? property.Name : $".{property.Name}");
            fields.Add(property.Name);
            if (!message.Fields.TryGetValue(property.Name, out var type))
            {
                Complain("unknown");
            }
            else if (last[property.Name] != place)
            {
                Complain("duplicate");
            }
            else if (property.Value.ValueKind != JsonValueKind.Null)
            {
                output.WritePropertyName(property.Name);
                Value(property.Value, type);
            }

            place++;
            path.RemoveAt(path.Count - 1);
            fields.RemoveAt(fields.Count - 1);
        }

        output.WriteEndObject();
        goStruct = outer;
    }

    /// <summary>Copies a custom resource: its metadata is checked, the rest is its own.</summary>
    public void CustomObject(JsonElement value, FieldMessage metadata, string apiVersion, string kind)
    {
        output.WriteStartObject();
        output.WriteString("apiVersion", apiVersion);
        output.WriteString("kind", kind);
        var last = LastPlaces(value);
        var place = 0;
        foreach (var property in value.EnumerateObject())
        {
            if (last[property.Name] != place++)
            {
                Note($"duplicate field {GoQuote.Quote(property.Name)}");
                continue;
            }

            if (property.Name is "apiVersion" or "kind")
            {
                continue;
            }

            output.WritePropertyName(property.Name);
            if (property.Name == "metadata" && property.Value.ValueKind != JsonValueKind.Null)
            {
                path.Add("metadata");
                fields.Add("metadata");
                Object(property.Value, metadata);
                path.Clear();
                fields.Clear();
            }
            else
            {
                path.Add(property.Name);
                Unmodelled(property.Value);
                path.Clear();
            }
        }

        output.WriteEndObject();
    }

    // Nothing is known of such a value but that a field is said once.
    private void Unmodelled(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                output.WriteStartObject();
                var last = LastPlaces(value);
                var place = 0;
                foreach (var property in value.EnumerateObject())
                {
                    path.Add($".{property.Name}");
                    if (last[property.Name] == place++)
                    {
                        output.WritePropertyName(property.Name);
                        Unmodelled(property.Value);
                    }
                    else
                    {
                        Complain("duplicate");
                    }

                    path.RemoveAt(path.Count - 1);
                }

                output.WriteEndObject();
                break;
            case JsonValueKind.Array:
                output.WriteStartArray();
                var index = 0;
                foreach (var element in value.EnumerateArray())
                {
                    path.Add(string.Create(CultureInfo.InvariantCulture, $"[{index++}]"));
                    Unmodelled(element);
                    path.RemoveAt(path.Count - 1);
                }

                output.WriteEndArray();
                break;
            default:
                value.WriteTo(output);
                break;
        }
    }

    private void Value(JsonElement value, FieldType type)
    {
        if (type.IsMap)
        {
            Map(value, type);
        }
        else if (type.IsList)
        {
            List(value, type);
        }
        else if (type.Message is not null)
        {
            Object(value, type.Message);
        }
        else
        {
            Plain(value, type.Value!);
        }
    }

    private void Map(JsonElement value, FieldType type)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(value, type.GoType);
        }

        output.WriteStartObject();
        var last = LastPlaces(value);
        var place = 0;
        foreach (var entry in value.EnumerateObject())
        {
            path.Add($".{entry.Name}");
            if (last[entry.Name] == place++)
            {
                output.WritePropertyName(entry.Name);
                Element(entry.Value, type.InsideMap);
            }
            else
            {
                Complain("duplicate");
            }

            path.RemoveAt(path.Count - 1);
        }

        output.WriteEndObject();
    }

    private void List(JsonElement value, FieldType type)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(value, type.GoType);
        }

        output.WriteStartArray();
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            path.Add(string.Create(CultureInfo.InvariantCulture, $"[{index++}]"));
            Element(element, type.InsideList);
            path.RemoveAt(path.Count - 1);
        }

        output.WriteEndArray();
    }

    // In a list or a map null stands for the type's zero value; as a field it stands for nothing.
    private void Element(JsonElement value, FieldType type)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            Value(value, type);
        }
        else if (type.Message is not null)
        {
            output.WriteStartObject();
            output.WriteEndObject();
        }
        else if (type.Value?.StartsWith("JSON", StringComparison.Ordinal) == true)
        {
            output.WriteNullValue();
        }
        else if (type.Value is "int32" or "int64" or "Quantity" or "IntOrString")
        {
            output.WriteNumberValue(0);
        }
        else
        {
            output.WriteStringValue("");
        }
    }

    private void Plain(JsonElement value, string type)
    {
        switch (type)
        {
            case "string" when value.ValueKind != JsonValueKind.String:
            case "bool" when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
            case "bytes" when value.ValueKind != JsonValueKind.String:
            case "FieldsV1" or "RawExtension" when value.ValueKind != JsonValueKind.Object:
                throw Wrong(value, type == "bytes" ? "[]uint8" : type);
            case "int32" when value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out _):
            case "int64" when value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out _):
                throw Wrong(value, type);
            case "double" when value.ValueKind != JsonValueKind.Number:
                throw Wrong(value, "float64");
            case "Quantity":
                CheckQuantity(value);
                break;
            case "IntOrString" when value.ValueKind != JsonValueKind.String && (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out _)):
                throw new FormatException($"json: cannot unmarshal {Word(value)} into Go value of type int32");
            case "Time" or "MicroTime" when value.ValueKind != JsonValueKind.String:
                throw new FormatException($"json: cannot unmarshal {Word(value)} into Go value of type string");
            default:
                break;
        }

        value.WriteTo(output);
    }

    // Upstream's text does not say where; the field follows it, or nobody would find one wrong letter in a long file.
    private void CheckQuantity(JsonElement value)
    {
        try
        {
            _ = Quantity.Parse((value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).Trim());
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"{wrong.Message} (field {GoQuote.Quote(string.Concat(path))}: {GoQuote.Quote(value.ToString())})");
        }
    }

    private void Complain(string what)
    {
        if (Complaints.Count < ComplaintsMax)
        {
            Note($"{what} field {GoQuote.Quote(string.Concat(path))}");
        }
    }

    private void Note(string complaint)
    {
        if (Complaints.Count < ComplaintsMax && !Complaints.Contains(complaint))
        {
            Complaints.Add(complaint);
        }
    }

    // Of several values under one name the last counts, as in Go.
    private static Dictionary<string, int> LastPlaces(JsonElement value)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        var place = 0;
        foreach (var property in value.EnumerateObject())
        {
            last[property.Name] = place++;
        }

        return last;
    }

    private FormatException Wrong(JsonElement value, string type)
    {
        var word = type.StartsWith("int", StringComparison.Ordinal) && value.ValueKind == JsonValueKind.Number
            ? $"number {value.GetRawText()}"
            : Word(value);
        return fields.Count == 0
            ? new($"json: cannot unmarshal {word} into Go value of type {type}")
            : new($"json: cannot unmarshal {word} into Go struct field {goStruct}.{string.Join('.', fields)} of type {type}");
    }

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "bool",
    };
}
