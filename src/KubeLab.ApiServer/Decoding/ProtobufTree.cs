using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.ApiServer.Decoding;

/// <summary>Makes of one protobuf message the JSON that means the same.</summary>
/// <remarks>
/// As protobuf asks, fields nobody knows are stepped over, the last of several values counts, and messages that come in parts are merged.
/// </remarks>
internal sealed class ProtobufTree
{
    /// <summary>How many values a message may hold, all in all: a few bytes on the wire must not become gigabytes here.</summary>
    public const int ValuesMax = 200_000;

    private const int NanosecondsPerTick = 100;
    private int values;

    /// <summary>Reads <paramref name="data"/> into <paramref name="target"/>.</summary>
    /// <exception cref="FormatException">It is no such message; the text is upstream's.</exception>
    public void Read(ReadOnlySpan<byte> data, WireMessage message, JsonObject target)
    {
        var reader = new ProtobufReader(data);
        while (!reader.IsAtEnd)
        {
            var (number, wireType) = reader.Tag(message.Name);
            if (!message.Fields.TryGetValue(number, out var field))
            {
                reader.Skip(wireType);
            }
            else if (field.Type is not { } type)
            {
                Require(ProtobufReader.BytesType, wireType, message.Name);
                Read(reader.Bytes(), field.Message!, target);
            }
            else if (type.IsMap)
            {
                Require(ProtobufReader.BytesType, wireType, field.Name!);
                Entry(reader.Bytes(), field, Inner(target, field.Name!, static () => new JsonObject()));
            }
            else if (type.IsList)
            {
                Elements(ref reader, wireType, field, Inner(target, field.Name!, static () => new JsonArray()));
            }
            else
            {
                Set(target, field, Value(ref reader, wireType, field, target[field.Name!]));
            }
        }
    }

    private static void Set(JsonObject target, WireField field, JsonNode? value)
    {
        var stands = field.ZeroCounts || !IsZero(value);
        if (!stands || value is null)
        {
            target.Remove(field.Name!);
        }
        else if (value.Parent is null)
        {
            target[field.Name!] = value;
        }
    }

    // An empty message is not nothing: emptyDir: {} asks for a directory.
    private static bool IsZero(JsonNode? value) => value is null || value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>().Length == 0,
        JsonValueKind.Number => value.GetValue<long>() == 0,
        JsonValueKind.False => true,
        _ => false,
    };

    private static T Inner<T>(JsonObject target, string name, Func<T> make)
        where T : JsonNode
    {
        if (target[name] is T there)
        {
            return there;
        }

        var made = make();
        target[name] = made;
        return made;
    }

    private void Entry(ReadOnlySpan<byte> data, WireField field, JsonObject map)
    {
        var reader = new ProtobufReader(data);
        var inside = field with { Type = field.Type!.InsideMap };
        var key = "";
        JsonNode? value = null;
        while (!reader.IsAtEnd)
        {
            var (number, wireType) = reader.Tag(field.Name!);
            switch (number)
            {
                case 1:
                    Require(ProtobufReader.BytesType, wireType, field.Name!);
                    key = Encoding.UTF8.GetString(reader.Bytes());
                    break;
                case 2 when inside.Type.IsList:
                    Require(ProtobufReader.BytesType, wireType, field.Name!);
                    value = Wrapped(reader.Bytes(), inside);
                    break;
                case 2:
                    value = Value(ref reader, wireType, inside, null);
                    break;
                default:
                    reader.Skip(wireType);
                    break;
            }
        }

        map[key] = value ?? (inside.Type.IsList ? new JsonArray() : inside.Message is null ? JsonValue.Create("") : new JsonObject());
    }

    // A map cannot hold lists on the wire, so each is wrapped in a message of its own.
    private JsonArray Wrapped(ReadOnlySpan<byte> data, WireField field)
    {
        var reader = new ProtobufReader(data);
        var list = new JsonArray();
        while (!reader.IsAtEnd)
        {
            var (number, wireType) = reader.Tag(field.Name!);
            if (number == 1)
            {
                Elements(ref reader, wireType, field, list);
            }
            else
            {
                reader.Skip(wireType);
            }
        }

        return list;
    }

    private void Elements(ref ProtobufReader reader, int wireType, WireField field, JsonArray list)
    {
        var inside = field with { Type = field.Type!.InsideList };
        if (inside.Type.Value is "int32" or "int64" or "bool" && wireType == ProtobufReader.BytesType)
        {
            var packed = new ProtobufReader(reader.Bytes());
            while (!packed.IsAtEnd)
            {
                list.Add(Value(ref packed, ProtobufReader.VarintType, inside, null));
            }
        }
        else
        {
            list.Add(Value(ref reader, wireType, inside, null) ?? JsonValue.Create(""));
        }
    }

    private JsonNode? Value(ref ProtobufReader reader, int wireType, WireField field, JsonNode? before)
    {
        if (++values > ValuesMax)
        {
            throw new FormatException($"the message holds more than {ValuesMax.ToString(CultureInfo.InvariantCulture)} values");
        }

        var isNumber = field.Type!.Value is "int32" or "int64" or "bool";
        Require(isNumber ? ProtobufReader.VarintType : ProtobufReader.BytesType, wireType, field.Name!);
        if (isNumber)
        {
            var number = reader.Varint();
            return field.Type.Value == "bool" ? number != 0 : field.Type.Value == "int32" ? (long)(int)number : (long)number;
        }

        var data = reader.Bytes();
        if (field.Message is not null)
        {
            var inner = before as JsonObject ?? new JsonObject();
            Read(data, field.Message, inner);
            return inner;
        }

        return field.Type.Value switch
        {
            "Quantity" => Part(data, 1).Text is { Length: > 0 } text ? text : "0",
            "IntOrString" => Part(data, 1).Number == 0 ? (long)(int)Part(data, 2).Number : Part(data, 3).Text,
            "Time" => data.IsEmpty ? null : Instant(data, "yyyy-MM-dd'T'HH:mm:ss'Z'"),
            "MicroTime" => data.IsEmpty ? null : Instant(data, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            "FieldsV1" => Json(data),
            "bytes" => Convert.ToBase64String(data),
            _ => Encoding.UTF8.GetString(data),
        };
    }

    /// <summary>One field of the small messages that stand for a single JSON value.</summary>
    private static (long Number, string Text) Part(ReadOnlySpan<byte> data, int wanted)
    {
        var reader = new ProtobufReader(data);
        (long, string) part = (0, "");
        while (!reader.IsAtEnd)
        {
            var (number, wireType) = reader.Tag("");
            if (number != wanted)
            {
                reader.Skip(wireType);
            }
            else if (wireType == ProtobufReader.VarintType)
            {
                part = ((long)reader.Varint(), "");
            }
            else
            {
                Require(ProtobufReader.BytesType, wireType, "value");
                part = (0, Encoding.UTF8.GetString(reader.Bytes()));
            }
        }

        return part;
    }

    private static JsonValue Instant(ReadOnlySpan<byte> data, string format)
    {
        var seconds = Part(data, 1).Number;
        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            throw new FormatException("Time.MarshalJSON: year outside of range [0,9999]");
        }

        var nanos = Math.Clamp((int)Part(data, 2).Number, 0, 999_999_999);
        var instant = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / NanosecondsPerTick);
        return JsonValue.Create(instant.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));
    }

    private static JsonNode? Json(ReadOnlySpan<byte> data)
    {
        var reader = new ProtobufReader(data);
        JsonNode? tree = null;
        while (!reader.IsAtEnd)
        {
            var (number, wireType) = reader.Tag("FieldsV1");
            if (number != 1)
            {
                reader.Skip(wireType);
                continue;
            }

            Require(ProtobufReader.BytesType, wireType, "Raw");
            try
            {
                tree = JsonNode.Parse(reader.Bytes(), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            }
            catch (JsonException)
            {
                throw new FormatException("json: error calling MarshalJSON for type *v1.FieldsV1: invalid character");
            }
        }

        return tree;
    }

    private static void Require(int expected, int wireType, string field)
    {
        if (wireType != expected)
        {
            var name = char.ToUpperInvariant(field[0]) + field[1..];
            throw new FormatException($"proto: wrong wireType = {wireType.ToString(CultureInfo.InvariantCulture)} for field {name}");
        }
    }
}
