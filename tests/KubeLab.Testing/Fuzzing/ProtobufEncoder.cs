using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Testing.Fuzzing;

/// <summary>Writes JSON objects in Kubernetes' protobuf encoding, as Go's clients would; what has no place there is left out.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding">Protobuf encoding</seealso>
public sealed class ProtobufEncoder
{
    private static readonly FieldSchema Schema = FieldSchema.Upstream;
    private readonly List<byte> bytes = [];

    /// <summary>The whole body: prefix, envelope, object.</summary>
    public static byte[] Envelope(string apiVersion, string kind, JsonObject obj)
    {
        var type = new ProtobufEncoder();
        type.Bytes(1, Encoding.UTF8.GetBytes(apiVersion));
        type.Bytes(2, Encoding.UTF8.GetBytes(kind));
        var envelope = new ProtobufEncoder();
        envelope.Bytes(1, type.bytes);
        envelope.Bytes(2, Schema.MessageOf(apiVersion, kind) is { } message ? Message(obj, message) : []);
        return [.. "k8s\0"u8, .. envelope.bytes];
    }

    private static List<byte> Message(JsonObject obj, string message)
    {
        var writer = new ProtobufEncoder();
        foreach (var (name, value) in obj)
        {
            if (value is null || Schema.NumberOf(message, name) is not { } place || Schema.TypeOf(message, name) is not { } type)
            {
                continue;
            }

            var field = new ProtobufEncoder();
            field.Field(place.Number, value, type);
            if (place.Around is { } around)
            {
                writer.Bytes(around, field.bytes);
            }
            else
            {
                writer.bytes.AddRange(field.bytes);
            }
        }

        return writer.bytes;
    }

    private void Field(int number, JsonNode? value, string type)
    {
        if (type.EndsWith("{}", StringComparison.Ordinal))
        {
            foreach (var (key, inner) in value as JsonObject ?? [])
            {
                var entry = new ProtobufEncoder();
                entry.Bytes(1, Encoding.UTF8.GetBytes(key));
                entry.Field(2, inner, type[..^2]);
                Bytes(number, entry.bytes);
            }
        }
        else if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            foreach (var inner in value as JsonArray ?? [])
            {
                Field(number, inner, type[..^2]);
            }
        }
        else if (Schema.IsMessage(type))
        {
            Bytes(number, Message(value as JsonObject ?? [], type));
        }
        else
        {
            Plain(number, value, type);
        }
    }

    private void Plain(int number, JsonNode? value, string type)
    {
        var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "";
        var inner = new ProtobufEncoder();
        switch (type)
        {
            case "bool" or "int32" or "int64":
                Varint(((ulong)number << 3) | 0);
                Varint(text == "true" ? 1 : long.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? (ulong)whole : 0);
                return;
            case "Quantity" or "FieldsV1":
                inner.Bytes(1, Encoding.UTF8.GetBytes(text));
                break;
            case "IntOrString" when int.TryParse(text, CultureInfo.InvariantCulture, out var port):
                inner.Varint(8);
                inner.Varint(0);
                inner.Varint(16);
                inner.Varint((ulong)port);
                break;
            case "IntOrString":
                inner.Varint(8);
                inner.Varint(1);
                inner.Bytes(3, Encoding.UTF8.GetBytes(text));
                break;
            case "Time" or "MicroTime":
                inner.Varint(8);
                inner.Varint(DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant) ? (ulong)instant.ToUnixTimeSeconds() : 0);
                break;
            default:
                inner.bytes.AddRange(Encoding.UTF8.GetBytes(text));
                break;
        }

        Bytes(number, inner.bytes);
    }

    private void Bytes(int number, IReadOnlyCollection<byte> value)
    {
        Varint(((ulong)number << 3) | 2);
        Varint((ulong)value.Count);
        bytes.AddRange(value);
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }
}
