using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Tests.Scheduling;

namespace KubeLab.Tests.Autoscaling.Simulating;

public sealed class WatchedClusterTests
{
    private readonly SnapshotLab lab = new();
    private readonly WatchedCluster watched;

    public WatchedClusterTests()
    {
        watched = new WatchedCluster(lab.Api, lab.Clock);
        watched.Start();
        Add("a");
    }

    [Fact]
    public void The_snapshot_follows_the_server()
    {
        var pod = lab.Api.Create(Make.Pod("web", "1") with { Metadata = new() { Name = "web", Namespace = "default" } });
        Settle();
        Assert.Equal("web", Assert.Single(watched.Waiting).Metadata.Name);

        lab.Api.Bind(pod, "a");
        Settle();
        Assert.Empty(watched.Waiting);
        Assert.Equal("a: web", SnapshotLab.See(watched.Snapshot));

        lab.Api.Delete<Pod>("default", "web", new DeleteOptions { GracePeriodSeconds = 0 });
        Settle();
        Assert.Equal("a:", SnapshotLab.See(watched.Snapshot));
    }

    [Fact]
    public void Heartbeats_are_no_changes_and_taints_are()
    {
        Settle();
        var before = watched.Version;
        var node = lab.Api.Get<Node>("", "a");
        node = lab.Api.UpdateStatus(node with { Status = node.Status with { Conditions = [new Condition { Type = "Ready", Status = "True", LastHeartbeatTime = lab.Clock.Now.AddMinutes(1) }] } });
        Settle();
        Assert.Equal(before, watched.Version);

        lab.Api.Update(node with { Spec = node.Spec with { Taints = [new Taint { Key = "k", Effect = "NoSchedule" }] } });
        Settle();
        Assert.NotEqual(before, watched.Version);
    }

    private void Add(string name)
    {
        var node = lab.Api.Create(new Node { Metadata = new() { Name = name } });
        lab.Api.UpdateStatus(node with { Status = Make.Node(name).Status with { Conditions = [new Condition { Type = "Ready", Status = "True", LastHeartbeatTime = lab.Clock.Now }] } });
    }

    private void Settle() => lab.Clock.RunFor(TimeSpan.FromSeconds(1));
}
