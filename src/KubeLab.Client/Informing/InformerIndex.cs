using KubeLab.Api;

namespace KubeLab.Client.Informing;

/// <summary>The objects of an informer by a text that each of them has, for example the name of its node.</summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed class InformerIndex<T>
    where T : class, IApiObject
{
    private readonly Func<T, string?> keyOf;
    private readonly Dictionary<string, Dictionary<ObjectKey, T>> groups = new(StringComparer.Ordinal);

    internal InformerIndex(Func<T, string?> keyOf) => this.keyOf = keyOf;

    /// <summary>Another number after each change of what it holds: what was computed from it need not be computed again while the number stays.</summary>
    public long Version { get; private set; }

    /// <summary>The objects of <paramref name="key"/>, in the order in which they came; empty when there are none.</summary>
    public IReadOnlyCollection<T> this[string key] => groups.TryGetValue(key, out var group) ? group.Values : [];

    /// <summary>How many objects <paramref name="key"/> has.</summary>
    public int CountOf(string key) => groups.TryGetValue(key, out var group) ? group.Count : 0;

    internal void Add(T obj)
    {
        Version++;
        if (keyOf(obj) is not { } key)
        {
            return;
        }

        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = []);
        }

        group[ObjectKey.Of(obj)] = obj;
    }

    internal void Remove(T obj)
    {
        Version++;
        if (keyOf(obj) is { } key && groups.TryGetValue(key, out var group))
        {
            group.Remove(ObjectKey.Of(obj));
            if (group.Count == 0)
            {
                groups.Remove(key);
            }
        }
    }

    internal void Replace(T old, T obj)
    {
        if (keyOf(old) != keyOf(obj))
        {
            Remove(old);
        }

        Add(obj);
    }

    internal void Clear()
    {
        Version++;
        groups.Clear();
    }
}
