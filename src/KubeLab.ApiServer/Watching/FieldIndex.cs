using KubeLab.Api;
using KubeLab.Etcd.Mvcc;

namespace KubeLab.ApiServer.Watching;

/// <summary>The newest objects of a kind by the value of one field: the pods of a node, without asking all pods.</summary>
internal sealed class FieldIndex
{
    private readonly Dictionary<string, Dictionary<ObjectKey, KeyValue>> byValue = new(StringComparer.Ordinal);

    public void Clear() => byValue.Clear();

    public void Put(string value, KeyValue item)
    {
        if (!byValue.TryGetValue(value, out var items))
        {
            byValue.Add(value, items = []);
        }

        items[ObjectKey.Of(item.Value)] = item;
    }

    public void Remove(string value, ObjectKey key)
    {
        if (byValue.TryGetValue(value, out var items) && items.Remove(key) && items.Count == 0)
        {
            byValue.Remove(value);
        }
    }

    /// <summary>What has <paramref name="value"/>, in order of the keys.</summary>
    public List<KeyValue> Find(string value)
    {
        if (!byValue.TryGetValue(value, out var items))
        {
            return [];
        }

        var found = new List<KeyValue>(items.Values);
        found.Sort(KeyValue.CompareKeys);
        return found;
    }
}
