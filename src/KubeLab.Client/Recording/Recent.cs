using System.Diagnostics.CodeAnalysis;

namespace KubeLab.Client.Recording;

/// <summary>A memory of about so many things: when the younger half is full, the older half is forgotten.</summary>
/// <remarks>Two maps instead of one with an order beside it; what was set within the last half of <paramref name="max"/> things is never forgotten.</remarks>
internal sealed class Recent<TKey, TValue>(int max)
    where TKey : notnull
{
    private Dictionary<TKey, TValue> young = [];
    private Dictionary<TKey, TValue>? old;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) =>
        young.TryGetValue(key, out value) || (old is not null && old.TryGetValue(key, out value));

    public void Set(TKey key, TValue value)
    {
        if (young.Count >= max / 2 && !young.ContainsKey(key))
        {
            (old, young) = (young, []);
        }

        if (young.Count == young.Capacity)
        {
            // A map left to itself doubles, and thousands of recorders would keep half of theirs empty.
            young.EnsureCapacity(young.Count + (young.Count / 4) + 1);
        }

        young[key] = value;
    }
}
