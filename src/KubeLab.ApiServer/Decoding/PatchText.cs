using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;

namespace KubeLab.ApiServer.Decoding;

/// <summary>Reads the JSON of a patch, noting what is said twice: there the last counts, as in Go.</summary>
internal sealed class PatchText
{
    private readonly string prefix;

    private PatchText(string prefix) => this.prefix = prefix;

    /// <summary>What strict validation refuses, in the order it was met.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>What the text says.</summary>
    public JsonNode? Tree { get; private set; }

    /// <summary>Reads <paramref name="json"/>; <paramref name="prefix"/> goes before each complaint.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static PatchText Read(ReadOnlyMemory<byte> json, string prefix)
    {
        using var document = JsonDocument.Parse(SoundText.Of(json), ObjectDecoder.Options);
        var text = new PatchText(prefix);
        text.Tree = text.Node(document.RootElement, "");
        return text;
    }

    private JsonNode? Node(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return Object(value, path);
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var element in value.EnumerateArray())
                {
                    list.Add(Node(element, string.Create(CultureInfo.InvariantCulture, $"{path}[{list.Count}]")));
                }

                return list;
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(value.Clone());
        }
    }

    private JsonObject Object(JsonElement value, string path)
    {
        var map = new JsonObject();
        foreach (var property in value.EnumerateObject())
        {
            var inner = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (map.ContainsKey(property.Name))
            {
                Complain($"{prefix}duplicate field {GoQuote.Quote(inner)}");
            }

            map[property.Name] = Node(property.Value, inner);
        }

        return map;
    }

    private void Complain(string complaint)
    {
        if (Complaints.Count < FieldCheck.ComplaintsMax && !Complaints.Contains(complaint))
        {
            Complaints.Add(complaint);
        }
    }
}
