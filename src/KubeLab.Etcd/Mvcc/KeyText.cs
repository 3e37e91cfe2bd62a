namespace KubeLab.Etcd.Mvcc;

/// <summary>A key as its directory and its name, which are kept apart: a hundred thousand keys share a few directories, and the name is the object's own.</summary>
internal readonly ref struct KeyText(ReadOnlySpan<char> directory, ReadOnlySpan<char> name)
{
    private readonly ReadOnlySpan<char> directory = directory;
    private readonly ReadOnlySpan<char> name = name;

    /// <summary>A key in one piece.</summary>
    public static implicit operator KeyText(string key) => new(key, default);

    /// <summary>A key of the store.</summary>
    public static implicit operator KeyText(KeyEntry entry) => new(entry.Directory.Path, entry.Name);

    /// <summary>Ordinal order of the keys, as if each were in one piece.</summary>
    public int CompareTo(in KeyText other)
    {
        if (directory.Length > other.directory.Length)
        {
            return -other.CompareTo(this);
        }

        var order = directory.SequenceCompareTo(other.directory[..directory.Length]);
        if (order != 0)
        {
            return order;
        }

        // What the other's directory has more stands against the beginning of this name.
        var more = other.directory[directory.Length..];
        var begin = name[..Math.Min(more.Length, name.Length)];
        order = begin.SequenceCompareTo(more);
        return order != 0 ? order : name[begin.Length..].SequenceCompareTo(other.name);
    }
}
