using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>A place in a document that a JSON pointer names: a container, and a key or index in it. Methods return what is wrong,
/// or null.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</seealso>
internal sealed class JsonPlace
{
    private readonly JsonNode container;

    private JsonPlace(JsonNode container, string key) => (this.container, Key) = (container, key);

    public string Key { get; }

    /// <summary>Finds the container that <paramref name="pointer"/> ends in; null when there is none.</summary>
    public static JsonPlace? Find(JsonNode? document, string pointer)
    {
        var parts = pointer.Split('/');
        if (parts.Length < 2)
        {
            return null;
        }

        var at = document;
        foreach (var part in parts[1..^1])
        {
            if (at is not (JsonObject or JsonArray) || new JsonPlace(at, Decode(part)).Get(out at) is not null)
            {
                return null;
            }
        }

        return at is JsonObject or JsonArray ? new JsonPlace(at, Decode(parts[^1])) : null;
    }

    public string? Get(out JsonNode? value)
    {
        value = null;
        if (container is JsonObject map)
        {
            return map.TryGetPropertyValue(Key, out value) ? null : $"unable to get nonexistent key: {Key}: missing value";
        }

        var list = (JsonArray)container;
        if (Index(list.Count, out var index) is { } error)
        {
            return error;
        }

        value = list[index];
        return null;
    }

    /// <summary>Replaces what is there.</summary>
    public void Set(JsonNode? value)
    {
        if (container is JsonObject map)
        {
            map[Key] = value;
        }
        else if (Index(((JsonArray)container).Count, out var index) is null)
        {
            ((JsonArray)container)[index] = value;
        }
    }

    public string? Add(JsonNode? value)
    {
        if (container is JsonObject map)
        {
            map[Key] = value;
            return null;
        }

        var list = (JsonArray)container;
        if (Key == "-")
        {
            list.Add(value);
            return null;
        }

        // One place more than there are elements: the end is a place to insert at.
        if (Index(list.Count + 1, out var index) is { } error)
        {
            return error.StartsWith("strconv", StringComparison.Ordinal) ? $"value was not a proper array index: '{Key}': {error}" : error;
        }

        list.Insert(index, value);
        return null;
    }

    public string? Remove()
    {
        if (container is JsonObject map)
        {
            return map.Remove(Key) ? null : $"unable to remove nonexistent key: {Key}: missing value";
        }

        var list = (JsonArray)container;
        if (Index(list.Count, out var index) is { } error)
        {
            return error;
        }

        list.RemoveAt(index);
        return null;
    }

    private static string Decode(string part) =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>Reads the key as an index; a negative one counts from the end.</summary>
    private string? Index(int count, out int index)
    {
        if (!int.TryParse(Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index))
        {
            return $"strconv.Atoi: parsing {GoQuote.Quote(Key)}: invalid syntax";
        }

        if (index >= count || index < -count)
        {
            return $"Unable to access invalid index: {index}: invalid index referenced";
        }

        index += index < 0 ? count : 0;
        return null;
    }
}
