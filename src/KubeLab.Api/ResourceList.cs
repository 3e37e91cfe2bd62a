using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeLab.Api;

/// <summary>Amounts by resource name (<c>cpu</c>, <c>memory</c>, <c>pods</c>, …), as in requests, limits, capacity and allocatable.</summary>
[JsonConverter(typeof(ResourceListConverter))]
public readonly struct ResourceList : IReadOnlyCollection<KeyValuePair<string, Quantity>>, IEquatable<ResourceList>
{
    private readonly KeyValuePair<string, Quantity>[]? pairs;

    private ResourceList(KeyValuePair<string, Quantity>[]? pairs) => this.pairs = pairs is { Length: 0 } ? null : pairs;

    /// <summary>How many entries there are.</summary>
    public int Count => pairs?.Length ?? 0;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => pairs is null;

    /// <summary>The value of <paramref name="key"/>, or null when it is absent.</summary>
    public Quantity? this[string key] => TryGetValue(key, out var value) ? value : null;

    /// <summary>The entries in ordinal order of their keys, without a copy.</summary>
    public ReadOnlySpan<KeyValuePair<string, Quantity>> Span => pairs;

    /// <summary>A map of <paramref name="entries"/>; the last one wins where a key is repeated.</summary>
    public static ResourceList Of(params ReadOnlySpan<(string Key, Quantity Value)> entries)
    {
        var map = new KeyValuePair<string, Quantity>[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            map[i] = new(entries[i].Key, entries[i].Value);
        }

        return From(map);
    }

    /// <summary>A map of <paramref name="entries"/>; the last one wins where a key is repeated.</summary>
    public static ResourceList From(IEnumerable<KeyValuePair<string, Quantity>> entries) => new(SortedPairs.From(entries));

    /// <summary>Whether <paramref name="key"/> is there.</summary>
    public bool ContainsKey(string key) => SortedPairs.IndexOf(pairs, key) >= 0;

    /// <summary>Finds the value of <paramref name="key"/>.</summary>
    public bool TryGetValue(string key, out Quantity value)
    {
        var index = SortedPairs.IndexOf(pairs, key);
        value = index < 0 ? default! : pairs![index].Value;
        return index >= 0;
    }

    /// <summary>This map with <paramref name="key"/> set.</summary>
    public ResourceList With(string key, Quantity value) => new(SortedPairs.With(pairs, key, value));

    /// <summary>This map without <paramref name="key"/>.</summary>
    public ResourceList Without(string key) => new(SortedPairs.Without(pairs, key));

    /// <inheritdoc/>
    public bool Equals(ResourceList other) => SortedPairs.Equal(pairs, other.pairs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ResourceList other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => SortedPairs.Hash(pairs);

    /// <summary>Enumerates without allocating.</summary>
    public ReadOnlySpan<KeyValuePair<string, Quantity>>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<KeyValuePair<string, Quantity>> IEnumerable<KeyValuePair<string, Quantity>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, Quantity>>)(pairs ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (pairs ?? []).GetEnumerator();

    /// <summary>Whether both hold the same entries.</summary>
    public static bool operator ==(ResourceList left, ResourceList right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(ResourceList left, ResourceList right) => !left.Equals(right);
}

internal sealed class ResourceListConverter : JsonConverter<ResourceList>
{
    public override bool HandleNull => true;

    public override ResourceList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"cannot unmarshal {JsonWords.Of(reader.TokenType)} into a map");
        }

        var entries = new List<KeyValuePair<string, Quantity>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            entries.Add(new(key, ReadValue(ref reader, options)));
        }

        return ResourceList.From(entries);
    }

    public override void Write(Utf8JsonWriter writer, ResourceList value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in value)
        {
            writer.WriteString(key, item.ToString());
        }

        writer.WriteEndObject();
    }

    private static Quantity ReadValue(ref Utf8JsonReader reader, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<Quantity>)options.GetTypeInfo(typeof(Quantity)));
}
