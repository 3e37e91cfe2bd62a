using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Etcd.Replicated;
using KubeLab.Scheduling.Configuration;
using KubeLab.Simulation;

namespace KubeLab.Tests.Autoscaling;

/// <summary>A real API server, and a snapshot that follows it or is filled by the test.</summary>
internal sealed class SnapshotLab
{
    public SnapshotLab(SchedulerOptions? options = null)
    {
        Clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Server = new KubeLab.ApiServer.ApiServer(Clock, new Randomness(1), EtcdCluster.OfOne(Clock));
        Server.Start();
        Api = Server.ConnectAs("test");
        Snapshot = new ClusterSnapshot(Api, Clock, options);
    }

    public VirtualClock Clock { get; }

    public KubeLab.ApiServer.ApiServer Server { get; }

    public IKubernetesApi Api { get; }

    public ClusterSnapshot Snapshot { get; }

    /// <summary>Every node and its pods, in order of their names.</summary>
    public string Seen => See(Snapshot);

    public static string See(ClusterSnapshot snapshot) => string.Join("; ", snapshot.Nodes
        .OrderBy(n => n.Name, StringComparer.Ordinal)
        .Select(n => $"{n.Name}: {string.Join(" ", n.Pods.Select(p => p.Key.Name).Order(StringComparer.Ordinal))}".TrimEnd()));

    public SnapshotLab With(Node node, params Pod[] pods)
    {
        Snapshot.AddNode(node, pods);
        return this;
    }
}
