using KubeLab.Api.Core;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;
using KubeLab.Simulation;

namespace KubeLab.Tests.Etcd;

/// <summary>A store, and the few words that its tests speak.</summary>
internal sealed class EtcdFixture
{
    public EtcdFixture() => Etcd = new SingleMemberEtcd(Clock);

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SingleMemberEtcd Etcd { get; }

    public static ConfigMap Value(string text) => new() { Metadata = new() { Name = text } };

    public static string Text(KeyValue item) => item.Value.Metadata.Name!;

    /// <summary>Writes whatever is there.</summary>
    public KeyValue Put(string key, string text, long lease = 0) =>
        Etcd.Commit(new Txn(key, Etcd.Get(key)?.ModRevision ?? 0, Value(text), lease)).Current!;

    public void Delete(string key) => Etcd.Commit(new Txn(key, Etcd.Get(key)?.ModRevision ?? 0, null));

    public IReadOnlyList<string> Under(string prefix, long atRevision = 0) =>
        [.. Etcd.Range(prefix, KeyRange.PrefixEnd(prefix), 0, atRevision).Items.Select(i => $"{i.Key}={Text(i)}")];
}
