using KubeLab.Quorums;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated;

/// <summary>The cluster's own store, followed and drawn.</summary>
public sealed class StorePicturesTests
{
    [Fact]
    public void A_write_of_kubectl_is_followed_through_the_members_of_the_store()
    {
        using var cluster = Lab.Open(seed: 3, target: "simulated");
        cluster.AddMasters(3);
        cluster.RunFor(60);
        var trace = cluster.TraceNextWrite();
        cluster.Kubectl("create configmap example --from-literal=text=hello");
        cluster.RunFor(2);
        Assert.True(trace.IsOver);
        Assert.InRange((trace.AcknowledgedAt!.Value - trace.ProposedAt).TotalMilliseconds, 0.5, 60);
        Assert.Equal(3, trace.AppliedAt.Count);
        Assert.DoesNotContain("never arrive", GroupPictures.Write(trace).Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_follows_a_write_can_still_branch()
    {
        using var cluster = Lab.Open(seed: 4, target: "simulated");
        cluster.AddMasters(1);
        cluster.RunFor(30);
        cluster.TraceNextWrite();
        cluster.Kubectl("create configmap example --from-literal=text=hello");
        cluster.RunFor(120);
        using var branch = cluster.Branch();
        Assert.True(branch.CompareWith(cluster).IsSame);
    }

    [Fact]
    public void Masters_that_fall_are_in_the_picture_with_the_time_without_a_majority()
    {
        using var cluster = Lab.Open(seed: 5, target: "simulated");
        cluster.AddMasters(3);
        cluster.RunFor(60);
        cluster.Kill("master-1");
        cluster.RunFor(60);
        cluster.Kill("master-2");
        cluster.RunFor(100);
        cluster.Restore("master-1");
        cluster.RunFor(60);
        var (from, to) = Assert.Single(((SimulatedCluster)cluster).Store.Group.Journal!.WithoutQuorum());
        Assert.InRange((to - from).TotalSeconds, 100, 200);
        Assert.Contains("without a majority for", cluster.Charts.Masters().Alt, StringComparison.Ordinal);
        Assert.Contains("master-2", cluster.Charts.Logs().Alt + cluster.Charts.Logs().ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_master_there_is_nothing_to_follow()
    {
        using var cluster = Lab.Open(target: "simulated");
        Assert.Contains("AddMasters", Assert.Throws<InvalidOperationException>(() => cluster.TraceNextWrite()).Message, StringComparison.Ordinal);
        Assert.Contains("AddMasters", Assert.Throws<ArgumentException>(() => cluster.Charts.Masters()).Message, StringComparison.Ordinal);
    }
}
