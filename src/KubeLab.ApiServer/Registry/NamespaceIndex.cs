using KubeLab.Api;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;

namespace KubeLab.ApiServer.Registry;

/// <summary>The objects of one kind by namespace, followed in the store, so that a namespace that has none costs one look into a dictionary.</summary>
internal sealed class NamespaceIndex(ApiResource resource) : IEtcdWatcher
{
    private readonly Dictionary<string, SortedDictionary<string, KeyValue>> byNamespace = new(StringComparer.Ordinal);
    private IDisposable? watch;

    /// <summary>The newest versions in <paramref name="ns"/>, in order of their names.</summary>
    public IReadOnlyCollection<KeyValue> this[string ns] => byNamespace.TryGetValue(ns, out var found) ? found.Values : [];

    /// <summary>Begins to follow the store.</summary>
    /// <exception cref="EtcdException">The store does not answer.</exception>
    public void Start(IEtcd etcd)
    {
        Stop();
        foreach (var item in etcd.Range(resource.StorePrefix, KeyRange.PrefixEnd(resource.StorePrefix)).Items)
        {
            OnChange(item);
        }

        watch = etcd.Watch(resource.StorePrefix, etcd.Revision, this);
    }

    /// <summary>Stops following and forgets everything.</summary>
    public void Stop()
    {
        watch?.Dispose();
        watch = null;
        byNamespace.Clear();
    }

    public void OnChange(KeyValue change)
    {
        var (ns, name) = (change.Value.Metadata.Namespace ?? "", change.Value.Metadata.Name ?? "");
        if (!change.IsDeleted)
        {
            (byNamespace.TryGetValue(ns, out var present) ? present : byNamespace[ns] = new(StringComparer.Ordinal))[name] = change;
        }
        else if (byNamespace.TryGetValue(ns, out var left) && left.Remove(name) && left.Count == 0)
        {
            byNamespace.Remove(ns);
        }
    }
}
