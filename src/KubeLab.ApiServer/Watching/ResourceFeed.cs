using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Registry;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;

namespace KubeLab.ApiServer.Watching;

/// <summary>The changes of one kind, on their way from the store to those watchers that they concern.</summary>
/// <remarks>
/// Watchers of one name, of one value of the kind's indexed field, or of one namespace are found by it: with a thousand kubelets that watch their own pods, a
/// write to a pod touches one of them, and a node's heartbeat none of a thousand people who watch other namespaces. Upstream: the cacher in apiserver/pkg/storage/cacher.
/// </remarks>
internal sealed class ResourceFeed(KindStrategy strategy) : IEtcdWatcher
{
    private const string NameField = "metadata.name";
    private readonly FieldIndex index = new();
    private readonly List<Watcher> everywhere = [];
    private readonly Dictionary<string, List<Watcher>> byNamespace = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Watcher>> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Watcher>> byField = new(StringComparer.Ordinal);
    private IDisposable? watch;
    private long version;

    /// <summary>Another number after each change of the kind's objects; null while it does not follow the store.</summary>
    public long? Version => watch is null ? null : version;

    /// <summary>Begins to follow the store; what exists goes into the index.</summary>
    public void Start(IEtcd etcd)
    {
        version++;
        index.Clear();
        if (strategy.IndexedField is not null)
        {
            var prefix = strategy.Resource.StorePrefix;
            foreach (var item in etcd.Range(prefix, KeyRange.PrefixEnd(prefix)).Items)
            {
                index.Put(IndexedValue(item.Value), item);
            }
        }

        watch = etcd.Watch(strategy.Resource.StorePrefix, etcd.Revision, this);
    }

    /// <summary>Stops following the store and ends all watches.</summary>
    public void Stop(Status? why)
    {
        watch?.Dispose();
        watch = null;
        // A copy, because ending a watch takes it out.
        foreach (var watcher in Everyone().ToList())
        {
            watcher.End(why);
        }
    }

    public void Add(Watcher watcher) => ListOf(watcher, make: true)!.Add(watcher);

    public void Remove(Watcher watcher) => ListOf(watcher, make: false)?.Remove(watcher);

    /// <summary>The objects whose indexed field has the value that <paramref name="filter"/> asks for; null when it does not ask.</summary>
    public List<KeyValue>? FindIndexed(ObjectFilter filter) =>
        filter.RequiredValue(strategy.IndexedField) is { } value ? index.Find(value) : null;

    /// <summary>Tells all watchers that allow it that nothing happened up to <paramref name="revision"/>.</summary>
    public void SendBookmarks(string revision)
    {
        IApiObject? bookmark = null;
        foreach (var watcher in Everyone())
        {
            if (watcher.TakesBookmark)
            {
                bookmark ??= strategy.Empty(new ObjectMeta { ResourceVersion = revision });
                watcher.Enqueue(WatchEventType.Bookmark, bookmark);
            }
        }
    }

    public void OnChange(KeyValue change)
    {
        version++;
        for (var i = 0; i < everywhere.Count; i++)
        {
            everywhere[i].OnChange(change);
        }

        if (byNamespace.Count > 0)
        {
            Offer(byNamespace, change.Value.Metadata.Namespace ?? "", change);
        }

        if (byName.Count > 0)
        {
            Offer(byName, change.Value.Metadata.Name ?? "", change);
        }

        if (strategy.IndexedField is not null)
        {
            FollowIndexed(change);
        }
    }

    private static void Offer(Dictionary<string, List<Watcher>> watchers, string value, KeyValue change)
    {
        if (watchers.TryGetValue(value, out var concerned))
        {
            for (var i = 0; i < concerned.Count; i++)
            {
                concerned[i].OnChange(change);
            }
        }
    }

    private void FollowIndexed(KeyValue change)
    {
        var before = change.Previous is { IsDeleted: false } previous ? IndexedValue(previous.Value) : null;
        var now = change.IsDeleted ? null : IndexedValue(change.Value);
        if (before is not null && before != now)
        {
            index.Remove(before, ObjectKey.Of(change.Value));
            Offer(byField, before, change);
        }

        if (now is not null)
        {
            index.Put(now, change);
            Offer(byField, now, change);
        }
    }

    private string IndexedValue(IApiObject obj)
    {
        strategy.TryGetField(obj, strategy.IndexedField!, out var value);
        return value;
    }

    private IEnumerable<Watcher> Everyone() =>
        everywhere.Concat(byNamespace.Values.SelectMany(w => w)).Concat(byName.Values.SelectMany(w => w)).Concat(byField.Values.SelectMany(w => w));

    private List<Watcher>? ListOf(Watcher watcher, bool make)
    {
        if (watcher.Filter.RequiredValue(strategy.IndexedField) is { } value)
        {
            return ListOf(byField, value, make);
        }

        if (watcher.Filter.RequiredValue(NameField) is { } name)
        {
            return ListOf(byName, name, make);
        }

        return watcher.Filter.Namespace is { } ns ? ListOf(byNamespace, ns, make) : everywhere;
    }

    private static List<Watcher>? ListOf(Dictionary<string, List<Watcher>> watchers, string value, bool make)
    {
        if (!watchers.TryGetValue(value, out var list) && make)
        {
            watchers.Add(value, list = []);
        }

        return list;
    }
}
