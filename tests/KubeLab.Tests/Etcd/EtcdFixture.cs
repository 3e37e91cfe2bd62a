using KubeLab.Api.Core;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;

namespace KubeLab.Tests.Etcd;

/// <summary>A store, and the few words that its tests speak.</summary>
internal sealed class EtcdFixture
{
    public EtcdFixture(int members = 1, EtcdOptions? options = null, long seed = 1)
    {
        Cluster = new EtcdCluster(Clock, new Randomness(seed), options);
        Cluster.Bootstrap([.. Enumerable.Range(1, members).Select(i => $"master-{i}")]);
        Etcd = Cluster.Member("master-1");
    }

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public EtcdCluster Cluster { get; }

    /// <summary>The member that is asked.</summary>
    public RaftEtcd Etcd { get; set; }

    public RaftEtcd Leader => Cluster.Leader!;

    public static ConfigMap Value(string text) => new() { Metadata = new() { Name = text } };

    public static string Text(KeyValue item) => item.Value.Metadata.Name!;

    public RaftEtcd At(int number) => Cluster.Member($"master-{number}");

    /// <summary>A member that does not lead.</summary>
    public RaftEtcd Follower() => At(Leader.Name == "master-1" ? 2 : 1);

    /// <summary>Writes whatever is there.</summary>
    public KeyValue Put(string key, string text, long lease = 0) =>
        Etcd.Commit(new Txn(key, Etcd.Get(key)?.ModRevision ?? 0, Value(text), lease)).Current!;

    public void Delete(string key) => Etcd.Commit(new Txn(key, Etcd.Get(key)?.ModRevision ?? 0, null));

    public IReadOnlyList<string> Under(string prefix, long atRevision = 0) => Under(Etcd, prefix, atRevision);

    public static IReadOnlyList<string> Under(IEtcd etcd, string prefix, long atRevision = 0) =>
        [.. etcd.Range(prefix, KeyRange.PrefixEnd(prefix), 0, atRevision).Items.Select(i => $"{i.Key}={Text(i)}")];

    public void Run(double seconds) => Clock.RunFor(TimeSpan.FromSeconds(seconds));
}
