namespace KubeLab.Api;

/// <summary>The arithmetic of small maps kept as arrays sorted by key.</summary>
internal static class SortedPairs
{
    public static int IndexOf<T>(KeyValuePair<string, T>[]? pairs, string key)
    {
        int low = 0, high = (pairs?.Length ?? 0) - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(pairs![middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }

    public static KeyValuePair<string, T>[]? From<T>(IEnumerable<KeyValuePair<string, T>> pairs)
    {
        var sorted = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            sorted[key] = value;
        }

        return sorted.Count == 0 ? null : [.. sorted];
    }

    public static KeyValuePair<string, T>[] With<T>(KeyValuePair<string, T>[]? pairs, string key, T value)
    {
        var index = IndexOf(pairs, key);
        if (index >= 0)
        {
            var copy = (KeyValuePair<string, T>[])pairs!.Clone();
            copy[index] = new(key, value);
            return copy;
        }

        var grown = new KeyValuePair<string, T>[(pairs?.Length ?? 0) + 1];
        pairs?.AsSpan(0, ~index).CopyTo(grown);
        grown[~index] = new(key, value);
        pairs?.AsSpan(~index).CopyTo(grown.AsSpan(~index + 1));
        return grown;
    }

    public static KeyValuePair<string, T>[]? Without<T>(KeyValuePair<string, T>[]? pairs, string key)
    {
        var index = IndexOf(pairs, key);
        if (index < 0)
        {
            return pairs;
        }

        return pairs!.Length == 1 ? null : [.. pairs[..index], .. pairs[(index + 1)..]];
    }

    public static bool Equal<T>(KeyValuePair<string, T>[]? left, KeyValuePair<string, T>[]? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if ((left?.Length ?? 0) != (right?.Length ?? 0))
        {
            return false;
        }

        for (var i = 0; i < (left?.Length ?? 0); i++)
        {
            if (left![i].Key != right![i].Key || !EqualityComparer<T>.Default.Equals(left[i].Value, right[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public static int Hash<T>(KeyValuePair<string, T>[]? pairs)
    {
        var hash = new HashCode();
        foreach (var pair in pairs ?? [])
        {
            hash.Add(pair.Key);
            hash.Add(pair.Value);
        }

        return hash.ToHashCode();
    }
}
