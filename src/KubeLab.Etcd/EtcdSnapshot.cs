using KubeLab.Etcd.Mvcc;

namespace KubeLab.Etcd;

/// <summary>Everything a store held at one revision, in order of the keys; it shares the objects and copies none.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Items">The versions.</param>
public sealed record EtcdSnapshot(long Revision, IReadOnlyList<KeyValue> Items);
