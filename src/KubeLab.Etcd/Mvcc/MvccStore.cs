using System.Globalization;
using KubeLab.Api;
using KubeLab.Simulation;

namespace KubeLab.Etcd.Mvcc;

/// <summary>What one member holds: keys, their versions, and the watches on them. It applies what has been committed.</summary>
/// <remarks>Upstream: etcd's server/storage/mvcc.</remarks>
internal sealed class MvccStore
{
    // What a version takes in a member's file besides key and object: its revision, its header, its share of the page.
    private const int OverheadBytes = 64;

    private readonly Dictionary<string, KeyDirectory> directories = new(StringComparer.Ordinal);
    private KeyIndex index = new();
    private readonly List<WatchRegistration> watches = [];
    private RevisionLog log = new(1);
    private long watchEpoch;

    /// <summary>Called when all watches are over because what they are to be told is compacted.</summary>
    public event Action? WatchesLost;

    public long Revision { get; private set; } = 1;

    public long CompactedRevision { get; private set; }

    /// <summary>How many changes the history holds.</summary>
    public int HistoryLength => log.Count;

    /// <summary>What all versions take together, those of the history too, by the sizes that their writers gave.</summary>
    public long SizeBytes { get; private set; }

    public KeyEntry? Entry(string key)
    {
        var slash = key.LastIndexOf('/') + 1;
        return directories.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key.AsSpan(0, slash), out var directory)
            && directory.Entries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key.AsSpan(slash), out var entry)
            ? entry
            : null;
    }

    public KeyValue? Get(string key) =>
        Entry(key)?.Latest is { IsDeleted: false } latest ? latest : null;

    public RangeResult Range(string start, string end, int limit, long atRevision, bool countAll)
    {
        Require(atRevision <= Revision, EtcdError.FutureRevision);
        Require(atRevision == 0 || atRevision >= CompactedRevision, EtcdError.Compacted);
        var items = new List<KeyValue>();
        long behind = 0;
        foreach (var entry in index.Between(start, end))
        {
            var version = atRevision == 0 ? entry.Latest : entry.At(atRevision);
            if (version is null || version.IsDeleted)
            {
                continue;
            }

            if (limit == 0 || items.Count < limit)
            {
                items.Add(version);
                continue;
            }

            behind++;
            if (!countAll)
            {
                break;
            }
        }

        return new RangeResult(items, behind > 0, countAll ? behind : 0, atRevision == 0 ? Revision : atRevision);
    }

    /// <summary>Writes <paramref name="stamped"/>, which carries the revision that comes next.</summary>
    public KeyValue Put(string key, IApiObject stamped, int valueBytes = 0)
    {
        var entry = Entry(key) ?? NewEntry(key, NameOf(stamped));
        var before = entry.Latest;
        var revision = Revision + 1;
        var isNew = before is null || before.IsDeleted;
        return Apply(entry, new KeyValue(
            entry,
            stamped,
            isNew ? revision : before!.CreateRevision,
            revision,
            isNew ? 1 : before!.Version + 1,
            before,
            OverheadBytes + key.Length + valueBytes));
    }

    /// <summary>Deletes a key that exists; <paramref name="stamped"/> is its last state with the revision that comes next.</summary>
    public KeyValue Delete(KeyEntry entry, IApiObject stamped)
    {
        var before = entry.Latest;
        Invariant.Holds(before is { IsDeleted: false }, "only what exists is deleted");
        var revision = Revision + 1;
        return Apply(entry, new KeyValue(entry, stamped, before.CreateRevision, revision, 0, before, OverheadBytes + entry.Directory.Path.Length + entry.Name.Length));
    }

    public WatchRegistration Watch(string prefix, long afterRevision, IEtcdWatcher watcher)
    {
        Require(afterRevision >= CompactedRevision, EtcdError.Compacted);
        Invariant.Holds(prefix.EndsWith('/'), "a watch sees whole directories");
        var watch = new WatchRegistration(this, prefix, watcher);
        for (var revision = Math.Max(afterRevision, 1) + 1; revision <= Revision; revision++)
        {
            var change = log[revision];
            if (change.Entry.Directory.Path.StartsWith(prefix, StringComparison.Ordinal))
            {
                watcher.OnChange(change);
            }
        }

        watches.Add(watch);
        watchEpoch++;
        return watch;
    }

    public void Remove(WatchRegistration watch)
    {
        watches.Remove(watch);
        watchEpoch++;
    }

    /// <summary>Costs as much as there is to forget, not as much as there is.</summary>
    public void Compact(long revision)
    {
        Require(revision > CompactedRevision, EtcdError.Compacted);
        Require(revision <= Revision, EtcdError.FutureRevision);
        CompactedRevision = revision;
        while (log.TryTakeUpTo(revision, out var change))
        {
            SizeBytes -= change.Previous?.SizeBytes ?? 0;
            change.Previous = null;
            if (change.IsDeleted && ReferenceEquals(change.Entry.Latest, change))
            {
                change.Entry.Directory.Entries.Remove(change.Entry);
                index.Remove(change.Entry);
                SizeBytes -= change.SizeBytes;
            }
        }
    }

    /// <summary>Everything that exists now; the objects are shared, only references are copied.</summary>
    public EtcdSnapshot Snapshot() => new(Revision, [.. Existing()]);

    /// <summary>All that another member needs to go on from here, the history too; only references are copied.</summary>
    public MvccState State()
    {
        var changes = new List<(KeyValue Change, KeyValue? Before)>(log.Count);
        for (var revision = CompactedRevision + 1; revision <= Revision; revision++)
        {
            if (revision > 1)
            {
                var change = log[revision];
                changes.Add((change, change.Previous is { } before && before.ModRevision <= CompactedRevision ? before : null));
            }
        }

        return new MvccState(Revision, CompactedRevision, [.. Existing()], changes);
    }

    /// <summary>Takes another member's state for its own. Watches are told what they have missed, or that it is compacted.</summary>
    public void Restore(MvccState state)
    {
        var told = Revision;
        index = new KeyIndex();
        directories.Clear();
        watchEpoch++;
        (Revision, CompactedRevision, SizeBytes) = (state.Revision, state.CompactedRevision, 0);
        log = new RevisionLog(Math.Max(1, state.CompactedRevision));
        foreach (var (change, before) in state.Changes)
        {
            var entry = EntryLike(change);
            entry.Latest ??= before is null ? null : Copy(before, entry);
            entry.Latest = Copy(change, entry);
            log.Append(entry.Latest);
        }

        foreach (var item in state.Items)
        {
            var entry = EntryLike(item);
            entry.Latest ??= Copy(item, entry);
        }

        CatchWatchesUp(told);
    }

    private static void Require(bool condition, EtcdError error)
    {
        if (!condition)
        {
            throw new EtcdException(error);
        }
    }

    /// <summary>The object with its revision as resourceVersion, made once and then shared by all who read it.</summary>
    public static IApiObject Stamped(IApiObject value, long revision) =>
        value is ICompactObject compact ? compact.WithVersion(revision) : value.WithMetadata(value.Metadata with { ResourceVersion = revision.ToString(CultureInfo.InvariantCulture) });

    private static string? NameOf(IApiObject value) => value is ICompactObject compact ? compact.Name : value.Metadata.Name;

    private IEnumerable<KeyValue> Existing()
    {
        foreach (var entry in index.Between("", "\uffff"))
        {
            if (entry.Latest is { IsDeleted: false } latest)
            {
                yield return latest;
            }
        }
    }

    private KeyValue Apply(KeyEntry entry, KeyValue change)
    {
        entry.Latest = change;
        Revision = change.ModRevision;
        SizeBytes += change.SizeBytes;
        log.Append(change);
        Tell(change);
        return change;
    }

    private KeyEntry EntryLike(KeyValue other) => Entry(other.Key) ?? NewEntry(other.Key, other.Entry.Name);

    private KeyValue Copy(KeyValue other, KeyEntry entry)
    {
        SizeBytes += other.SizeBytes;
        return new KeyValue(entry, other.Value, other.CreateRevision, other.ModRevision, other.Version, entry.Latest, other.SizeBytes);
    }

    private void CatchWatchesUp(long told)
    {
        if (told < CompactedRevision)
        {
            watches.Clear();
            watchEpoch++;
            WatchesLost?.Invoke();
            return;
        }

        for (var revision = told + 1; revision <= Revision; revision++)
        {
            Tell(log[revision]);
        }
    }

    private void Tell(KeyValue change)
    {
        foreach (var watch in change.Entry.Directory.Watches(watches, watchEpoch))
        {
            watch.Watcher?.OnChange(change);
        }
    }

    /// <summary>The object's own name serves as the key's last part, where it is that.</summary>
    private KeyEntry NewEntry(string key, string? objectName)
    {
        var slash = key.LastIndexOf('/') + 1;
        var path = key.AsSpan(0, slash);
        var lookup = directories.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(path, out var directory))
        {
            directory = new KeyDirectory(path.ToString());
            directories.Add(directory.Path, directory);
        }

        var name = key.AsSpan(slash);
        var entry = new KeyEntry(directory, name.SequenceEqual(objectName) ? objectName! : name.ToString());
        directory.Entries.Add(entry);
        index.Add(entry);
        return entry;
    }
}
