using KubeLab.Api;

namespace KubeLab.Etcd.Mvcc;

/// <summary>One version of a key: what was written at one revision.</summary>
public sealed class KeyValue
{
    private readonly uint age;

    internal KeyValue(KeyEntry entry, IApiObject value, long createRevision, long modRevision, int version, KeyValue? previous, int sizeBytes)
    {
        Entry = entry;
        SizeBytes = sizeBytes;
        Value = value;
        ModRevision = modRevision;
        age = checked((uint)(modRevision - createRevision));
        Version = version;
        Previous = previous;
    }

    /// <summary>The key.</summary>
    public string Key => Entry.Key;

    /// <summary>The object, its resourceVersion being <see cref="ModRevision"/>; the last state when <see cref="IsDeleted"/>.</summary>
    public IApiObject Value { get; }

    /// <summary>The revision at which the key came to be.</summary>
    public long CreateRevision => ModRevision - age;

    /// <summary>The revision of this version.</summary>
    public long ModRevision { get; }

    /// <summary>1 for the first version since the key came to be, then counting; 0 when this is a deletion.</summary>
    public int Version { get; }

    /// <summary>Whether this revision deleted the key.</summary>
    public bool IsDeleted => Version == 0;

    /// <summary>The version before this one; null when this is the first, or the one before is compacted away.</summary>
    public KeyValue? Previous { get; internal set; }

    /// <summary>Orders versions by their keys, as ranges do.</summary>
    public static int CompareKeys(KeyValue one, KeyValue other)
    {
        KeyText key = one.Entry;
        return key.CompareTo(other.Entry);
    }

    internal KeyEntry Entry { get; }

    /// <summary>How much of the member's file it takes, about.</summary>
    internal int SizeBytes { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Key}@{ModRevision}";
}

/// <summary>A key with its newest version; it stays until its deletion is compacted.</summary>
internal sealed class KeyEntry(KeyDirectory directory, string name)
{
    /// <summary>The whole key, made anew at each call.</summary>
    public string Key => string.Concat(Directory.Path, Name);

    /// <summary>What stands behind the directory.</summary>
    public string Name { get; } = name;

    public KeyDirectory Directory { get; } = directory;

    public KeyValue? Latest { get; set; }

    public long Lease { get; set; }

    /// <summary>Where it stands among the keys of its lease.</summary>
    public int PlaceInLease { get; set; }

    /// <summary>Whether its deletion is compacted, so that nothing is left of it.</summary>
    public bool IsGone { get; set; }

    /// <summary>The version that was the newest at <paramref name="revision"/>; null when the key did not exist then.</summary>
    public KeyValue? At(long revision)
    {
        var version = Latest;
        while (version is not null && version.ModRevision > revision)
        {
            version = version.Previous;
        }

        return version is null || version.IsDeleted ? null : version;
    }
}
