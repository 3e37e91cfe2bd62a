using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace KubeLab.Api;

/// <summary>JSON properties that a record does not model, in the order they were read; compared by value, whatever the order.</summary>
/// <remarks>Only the serializer fills it, through the explicit interface; for everyone else it is read-only.</remarks>
public sealed class Overflow : IDictionary<string, JsonElement>, IEquatable<Overflow>
{
    private readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);

    /// <summary>Makes an empty one, for the serializer.</summary>
    public Overflow()
    {
    }

    /// <summary>Makes one that holds <paramref name="fields"/>.</summary>
    public Overflow(IEnumerable<KeyValuePair<string, JsonElement>> fields)
    {
        foreach (var (key, value) in fields)
        {
            this.fields[key] = value;
        }
    }

    /// <summary>How many fields there are.</summary>
    public int Count => fields.Count;

    /// <summary>The names of the fields.</summary>
    public IEnumerable<string> Names => fields.Keys;

    /// <summary>The field called <paramref name="name"/>, or null.</summary>
    public JsonElement? this[string name] => fields.TryGetValue(name, out var value) ? value : null;

    /// <inheritdoc/>
    public bool Equals(Overflow? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach (var (name, value) in fields)
        {
            if (!other.fields.TryGetValue(name, out var theirs) || !JsonElement.DeepEquals(value, theirs))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Overflow);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 0;
        foreach (var name in fields.Keys)
        {
            hash ^= StringComparer.Ordinal.GetHashCode(name);
        }

        return hash;
    }

    /// <summary>Enumerates the fields.</summary>
    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => fields.GetEnumerator();

    JsonElement IDictionary<string, JsonElement>.this[string key]
    {
        get => fields[key];
        set => fields[key] = value;
    }

    ICollection<string> IDictionary<string, JsonElement>.Keys => fields.Keys;

    ICollection<JsonElement> IDictionary<string, JsonElement>.Values => fields.Values;

    bool ICollection<KeyValuePair<string, JsonElement>>.IsReadOnly => false;

    void IDictionary<string, JsonElement>.Add(string key, JsonElement value) => fields.Add(key, value);

    bool IDictionary<string, JsonElement>.ContainsKey(string key) => fields.ContainsKey(key);

    bool IDictionary<string, JsonElement>.Remove(string key) => fields.Remove(key);

    bool IDictionary<string, JsonElement>.TryGetValue(string key, [MaybeNullWhen(false)] out JsonElement value) =>
        fields.TryGetValue(key, out value);

    void ICollection<KeyValuePair<string, JsonElement>>.Add(KeyValuePair<string, JsonElement> item) => fields.Add(item.Key, item.Value);

    void ICollection<KeyValuePair<string, JsonElement>>.Clear() => fields.Clear();

    bool ICollection<KeyValuePair<string, JsonElement>>.Contains(KeyValuePair<string, JsonElement> item) => fields.ContainsKey(item.Key);

    void ICollection<KeyValuePair<string, JsonElement>>.CopyTo(KeyValuePair<string, JsonElement>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, JsonElement>>)fields).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, JsonElement>>.Remove(KeyValuePair<string, JsonElement> item) => fields.Remove(item.Key);
}
