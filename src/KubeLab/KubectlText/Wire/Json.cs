using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.KubectlText.Wire;

/// <summary>A place in a JSON object that may be absent. Reading it never fails, so that objects of any kind can be described.</summary>
internal readonly struct Json(JsonNode? node)
{
    /// <summary>The node, or null.</summary>
    public JsonNode? Node { get; } = node;

    /// <summary>Whether there is something other than null.</summary>
    public bool Exists => Node is not null;

    /// <summary>A text, a number or a Boolean as text; empty when there is none.</summary>
    public string Text => Node switch
    {
        null or JsonObject or JsonArray => "",
        _ when Node.GetValueKind() == JsonValueKind.String => Node.GetValue<string>(),
        _ => Node.ToJsonString(),
    };

    /// <summary>A whole number; 0 when there is none.</summary>
    public long Int => long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Whether it is true.</summary>
    public bool IsTrue => Node is JsonValue && Node.GetValueKind() == JsonValueKind.True;

    /// <summary>The instant, or null when there is none.</summary>
    public DateTimeOffset? Time =>
        DateTimeOffset.TryParse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;

    /// <summary>The elements of a list; none when it is not one.</summary>
    public IEnumerable<Json> Items => Node is JsonArray list ? list.Select(element => new Json(element)) : [];

    /// <summary>How many elements or fields there are.</summary>
    public int Count => Node switch { JsonArray list => list.Count, JsonObject map => map.Count, _ => 0 };

    /// <summary>The fields of an object, in the order of their names.</summary>
    public IEnumerable<KeyValuePair<string, Json>> Fields => Node is JsonObject map
        ? map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, new Json(pair.Value)))
        : [];

    /// <summary>The field called <paramref name="name"/>.</summary>
    public Json this[string name] => new(Node is JsonObject map && map.TryGetPropertyValue(name, out var value) ? value : null);

    /// <summary>The element at <paramref name="index"/>.</summary>
    public Json this[int index] => new(Node is JsonArray list && index < list.Count ? list[index] : null);

    /// <summary>The text, or something else when it is empty.</summary>
    public string Or(string other) => Text.Length == 0 ? other : Text;

    public static implicit operator Json(JsonNode? node) => new(node);
}
