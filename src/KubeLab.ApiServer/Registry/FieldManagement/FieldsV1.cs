using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KubeLab.Api;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>Reads and writes sets of fields as <c>managedFields[].fieldsV1</c> has them.</summary>
internal static class FieldsV1
{
    private const string Self = ".";
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Reads a set; what is no name of a field is passed over, since clients may write anything here.</summary>
    public static FieldSet Read(OpaqueObject? fields)
    {
        var set = new FieldSet();
        foreach (var (key, value) in fields?.Overflow ?? [])
        {
            ReadInto(set, key, value);
        }

        return set.Trimmed();
    }

    /// <summary>Writes a set.</summary>
    public static OpaqueObject Write(FieldSet set)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            Write(json, set, isRoot: true);
        }

        return JsonSerializer.Deserialize(buffer.WrittenSpan, ApiJson.Default.OpaqueObject)!;
    }

    private static void ReadInto(FieldSet set, string key, JsonElement value)
    {
        if (key == Self)
        {
            set.IsMember = true;
        }
        else if (IsName(key) && value.ValueKind == JsonValueKind.Object)
        {
            var child = set.At(key);
            var isLeaf = true;
            foreach (var property in value.EnumerateObject())
            {
                isLeaf = false;
                ReadInto(child, property.Name, property.Value);
            }

            child.IsMember |= isLeaf;
        }
    }

    private static bool IsName(string key)
    {
        if (key.Length < 2 || key[1] != ':')
        {
            return false;
        }

        return key[0] switch
        {
            'f' => true,
            'i' => int.TryParse(key.AsSpan(2), out _),
            'k' => KindOf(key[2..]) == JsonValueKind.Object,
            'v' => KindOf(key[2..]) is not JsonValueKind.Undefined,
            _ => false,
        };
    }

    private static JsonValueKind KindOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ApiJson.DepthMax });
            return document.RootElement.ValueKind;
        }
        catch (JsonException)
        {
            return JsonValueKind.Undefined;
        }
    }

    private static void Write(Utf8JsonWriter json, FieldSet set, bool isRoot)
    {
        json.WriteStartObject();
        if (set.IsMember && set.Children.Count > 0 && !isRoot)
        {
            json.WriteStartObject(Self);
            json.WriteEndObject();
        }

        foreach (var (key, child) in set.Children)
        {
            json.WritePropertyName(key);
            Write(json, child, isRoot: false);
        }

        json.WriteEndObject();
    }
}
