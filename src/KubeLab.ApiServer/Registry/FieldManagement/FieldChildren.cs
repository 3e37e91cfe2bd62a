using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>One field of an object or one element of a list, by its name in a set of fields.</summary>
/// <param name="Key"><c>f:name</c>, <c>k:{"key":value}</c> or <c>v:value</c>.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Shape">How finely it can be owned.</param>
internal readonly record struct FieldChild(string Key, JsonNode Value, FieldShape Shape);

/// <summary>Takes a value apart into what can be owned one by one.</summary>
internal static class FieldChildren
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The parts of <paramref name="node"/>; null when it is owned whole.</summary>
    public static List<FieldChild>? Of(JsonNode? node, FieldShape shape) => node switch
    {
        JsonObject map when !shape.IsAtomic => FieldsOf(map, shape),
        JsonArray list when shape.Keys is not null => ElementsOf(list, shape, out _),
        _ => null,
    };

    /// <summary>The elements of a list; null when they cannot be told apart, which <paramref name="problem"/> explains.</summary>
    public static List<FieldChild>? ElementsOf(JsonArray list, FieldShape shape, out string? problem)
    {
        var children = new List<FieldChild>(list.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not { } element || KeyOf(element, shape) is not { } key)
            {
                problem = $"[{i}]: associative list with keys has an element that omits key field {GoQuoted(shape.Keys!)}";
                return null;
            }

            if (!seen.Add(key))
            {
                problem = $": duplicate entries for key {FieldPaths.Text(key)}";
                return null;
            }

            children.Add(new(key, element, shape.Element));
        }

        problem = null;
        return children;
    }

    private static List<FieldChild> FieldsOf(JsonObject map, FieldShape shape)
    {
        var children = new List<FieldChild>(map.Count);
        foreach (var (name, value) in map)
        {
            if (value is not null)
            {
                children.Add(new($"f:{name}", value, shape.Field(name)));
            }
        }

        return children;
    }

    private static string? KeyOf(JsonNode element, FieldShape shape)
    {
        var keys = shape.Keys!;
        if (keys.Count == 0)
        {
            return element is JsonValue ? $"v:{Write(json => element.WriteTo(json))}" : null;
        }

        if (element is not JsonObject map || (map[keys[0]] is not JsonValue && shape.KeyDefault(keys[0]) is null))
        {
            return null;
        }

        return "k:" + Write(json =>
        {
            json.WriteStartObject();
            foreach (var key in keys)
            {
                if (map[key] is JsonValue value)
                {
                    json.WritePropertyName(key);
                    value.WriteTo(json);
                }
                else if (shape.KeyDefault(key) is { } usual)
                {
                    json.WritePropertyName(key);
                    usual.WriteTo(json);
                }
            }

            json.WriteEndObject();
        });
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            write(json);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string GoQuoted(IReadOnlyList<string> keys) => Api.GoQuote.Quote(keys.Count == 0 ? "" : keys[0]);
}
