using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeLab.Api;

/// <summary>A small immutable map of text to text, such as labels; compares by value, and is left out of JSON when empty.</summary>
[JsonConverter(typeof(StringMapConverter))]
public readonly struct StringMap : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<StringMap>
{
    private readonly KeyValuePair<string, string>[]? pairs;

    private StringMap(KeyValuePair<string, string>[]? pairs) => this.pairs = pairs is { Length: 0 } ? null : pairs;

    /// <summary>How many entries there are.</summary>
    public int Count => pairs?.Length ?? 0;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => pairs is null;

    /// <summary>The value of <paramref name="key"/>, or null when it is absent.</summary>
    public string? this[string key] => TryGetValue(key, out var value) ? value : null;

    /// <summary>The entries in ordinal order of their keys, without a copy.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> Span => pairs;

    /// <summary>A map of <paramref name="entries"/>; the last one wins where a key is repeated.</summary>
    public static StringMap Of(params ReadOnlySpan<(string Key, string Value)> entries)
    {
        var map = new KeyValuePair<string, string>[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            map[i] = new(entries[i].Key, entries[i].Value);
        }

        return From(map);
    }

    /// <summary>A map of <paramref name="entries"/>; the last one wins where a key is repeated.</summary>
    public static StringMap From(IEnumerable<KeyValuePair<string, string>> entries) => new(SortedPairs.From(entries));

    /// <summary>Whether <paramref name="key"/> is there.</summary>
    public bool ContainsKey(string key) => SortedPairs.IndexOf(pairs, key) >= 0;

    /// <summary>Finds the value of <paramref name="key"/>.</summary>
    public bool TryGetValue(string key, out string value)
    {
        var index = SortedPairs.IndexOf(pairs, key);
        value = index < 0 ? default! : pairs![index].Value;
        return index >= 0;
    }

    /// <summary>This map with <paramref name="key"/> set.</summary>
    public StringMap With(string key, string value) => new(SortedPairs.With(pairs, key, value));

    /// <summary>This map without <paramref name="key"/>.</summary>
    public StringMap Without(string key) => new(SortedPairs.Without(pairs, key));

    /// <inheritdoc/>
    public bool Equals(StringMap other) => SortedPairs.Equal(pairs, other.pairs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StringMap other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => SortedPairs.Hash(pairs);

    /// <summary>Enumerates without allocating.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, string>>)(pairs ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (pairs ?? []).GetEnumerator();

    /// <summary>Whether both hold the same entries.</summary>
    public static bool operator ==(StringMap left, StringMap right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(StringMap left, StringMap right) => !left.Equals(right);
}

internal sealed class StringMapConverter : JsonConverter<StringMap>
{
    public override bool HandleNull => true;

    public override StringMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"cannot unmarshal {JsonWords.Of(reader.TokenType)} into a map");
        }

        var entries = new List<KeyValuePair<string, string>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            entries.Add(new(key, ReadValue(ref reader, options)));
        }

        return StringMap.From(entries);
    }

    public override void Write(Utf8JsonWriter writer, StringMap value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in value)
        {
            writer.WriteString(key, item.ToString());
        }

        writer.WriteEndObject();
    }

    private static string ReadValue(ref Utf8JsonReader reader, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Null => "",
        var other => throw new JsonException($"cannot unmarshal {JsonWords.Of(other)} into a value of type string"),
    };
}
