using System.Diagnostics.CodeAnalysis;

namespace KubeLab.Client.Recording;

/// <summary>A memory of so many things; the one that came first gives way to the next.</summary>
internal sealed class Recent<TKey, TValue>(int max)
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> values = [];
    private readonly Queue<TKey> order = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => values.TryGetValue(key, out value);

    public void Set(TKey key, TValue value)
    {
        if (!values.ContainsKey(key))
        {
            order.Enqueue(key);
            while (order.Count > max)
            {
                values.Remove(order.Dequeue());
            }
        }

        values[key] = value;
    }
}
