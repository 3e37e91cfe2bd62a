namespace KubeLab.Etcd.Mvcc;

/// <summary>All keys up to the last slash, such as <c>/registry/pods/default/</c>: they have the same watchers, so a write asks this instead of every watch.</summary>
internal sealed class KeyDirectory(string path)
{
    private WatchRegistration[] watches = [];
    private long epoch = -1;

    public string Path { get; } = path;

    /// <summary>The keys in it, by name.</summary>
    public HashSet<KeyEntry> Entries { get; } = new(new EntriesByName());

    /// <summary>The watches that see this directory, in the order in which they began.</summary>
    public WatchRegistration[] Watches(List<WatchRegistration> all, long watchEpoch)
    {
        if (epoch != watchEpoch)
        {
            epoch = watchEpoch;
            watches = [.. all.Where(w => Path.StartsWith(w.Prefix, StringComparison.Ordinal))];
        }

        return watches;
    }
}

/// <summary>One watch on the store.</summary>
internal sealed class WatchRegistration(MvccStore store, string prefix, IEtcdWatcher watcher) : IDisposable
{
    public string Prefix { get; } = prefix;

    public IEtcdWatcher? Watcher { get; private set; } = watcher;

    public void Dispose()
    {
        if (Watcher is not null)
        {
            Watcher = null;
            store.Remove(this);
        }
    }
}

/// <summary>Finds keys of one directory by their names.</summary>
internal sealed class EntriesByName : IEqualityComparer<KeyEntry>, IAlternateEqualityComparer<ReadOnlySpan<char>, KeyEntry>
{
    public bool Equals(KeyEntry? x, KeyEntry? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Name == y.Name);

    public int GetHashCode(KeyEntry obj) => GetHashCode(obj.Name);

    public bool Equals(ReadOnlySpan<char> alternate, KeyEntry other) => alternate.SequenceEqual(other.Name);

    public int GetHashCode(ReadOnlySpan<char> alternate) => string.GetHashCode(alternate);

    public KeyEntry Create(ReadOnlySpan<char> alternate) => throw new NotSupportedException("a key belongs to its directory, which makes it");
}
