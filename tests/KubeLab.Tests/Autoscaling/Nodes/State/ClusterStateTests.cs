using KubeLab.Autoscaling.Nodes;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.State;

namespace KubeLab.Tests.Autoscaling.Nodes.State;

public sealed class ClusterStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly PaperCloud cloud = new();
    private readonly List<string> told = [];
    private readonly ClusterState state;

    public ClusterStateTests() => state = new ClusterState(cloud, new ClusterAutoscalerOptions(), (_, reason, message) => told.Add($"{reason}: {message}"));

    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(1, 3, true)] // Three are all right whatever their share.
    [InlineData(6, 4, true)]
    [InlineData(4, 4, false)]
    [InlineData(55, 45, true)]
    [InlineData(54, 46, false)]
    public void A_cluster_is_unhealthy_when_more_than_three_and_more_than_45_percent_are_unready(int ready, int unready, bool isHealthy)
    {
        var group = cloud.Add("g", 0, 200, ready + unready);
        state.Update([.. Enumerable.Range(0, ready).Select(i => group.Node($"r{i}")), .. Enumerable.Range(0, unready).Select(i => group.Node($"u{i}", ready: false))], Now);
        Assert.Equal(isHealthy, state.IsHealthy);
    }

    [Fact]
    public void A_node_that_is_young_and_not_ready_is_on_its_way_and_an_old_one_is_broken()
    {
        var group = cloud.Add("g", 0, 10, 5);
        state.Update([group.Node("ready"), group.Node("young", false, Now.AddMinutes(-14)), group.Node("old", false, Now.AddMinutes(-16))], Now);
        group.Machines.Add(new Instance("paper://g/coming", "coming", InstanceState.Creating));
        var readiness = state.Of("g");
        Assert.Equal(("ready", "young", "old"), (readiness.Ready.Single(), readiness.NotStarted.Single(), readiness.Unready.Single()));

        // Of five that were asked for one is ready and one broken; the young one and two that nobody has seen yet will come.
        var (count, registered) = state.UpcomingOf("g");
        Assert.Equal(3, count);
        Assert.Equal(["young"], registered);
    }

    [Fact]
    public void An_order_that_is_not_filled_in_time_fails_and_the_group_is_left_alone()
    {
        var group = cloud.Add("g", 0, 10, 1);
        var node = group.Node("n");
        state.Update([node], Now);
        group.TargetSize = 3;
        state.RegisterScaleUp(group, 2, Now);
        state.Update([node], Now.AddMinutes(15));
        Assert.True(state.IsScalingUp("g"));
        state.Update([node], Now.AddMinutes(15).AddSeconds(10));
        Assert.False(state.IsScalingUp("g"));
        Assert.Equal(["ScaleUpTimedOut: Nodes added to group g failed to register within 15m10s"], told);
        Assert.Equal("timeout", state.Backoff.ErrorOf("g", Now.AddMinutes(16))!.Code);
    }

    [Fact]
    public void A_filled_order_ends_and_forgets_failures()
    {
        var group = cloud.Add("g", 0, 10, 2);
        state.RegisterFailedScaleUp(group, new InstanceError(InstanceErrorClass.Other, "x", "x"), Now);
        state.RegisterScaleUp(group, 1, Now);
        state.Update([group.Node("a"), group.Node("b")], Now);
        Assert.False(state.IsScalingUp("g"));
        Assert.Null(state.Backoff.ErrorOf("g", Now));
    }

    [Fact]
    public void Machines_that_could_not_be_made_shorten_the_order_and_are_told_once()
    {
        var group = cloud.Add("g", 0, 10, 3);
        var node = group.Node("n");
        state.RegisterScaleUp(group, 2, Now);
        state.Update([node], Now);
        group.Machines.Add(new Instance("paper://g/x", "x", InstanceState.Creating, new InstanceError(InstanceErrorClass.OutOfResources, "RESOURCE_POOL_EXHAUSTED", "none left")));
        state.Update([node], Now.AddSeconds(10));
        state.Update([node], Now.AddSeconds(20));
        Assert.Equal(["ScaleUpFailed: Failed adding 1 nodes to group g due to OutOfResource.RESOURCE_POOL_EXHAUSTED; source errors: none left"], told);
        Assert.Equal("RESOURCE_POOL_EXHAUSTED", state.Backoff.ErrorOf("g", Now.AddSeconds(20))!.Code);
        Assert.Equal(2, state.RangeOf("g").Min);
    }

    [Fact]
    public void Fewer_nodes_than_were_asked_for_are_noticed_with_the_time()
    {
        var group = cloud.Add("g", 0, 10, 3);
        var node = group.Node("n");
        state.Update([node], Now);
        state.Update([node], Now.AddMinutes(1));
        Assert.Equal((1, 3, Now), (state.IncorrectSizeOf("g")!.Current, state.IncorrectSizeOf("g")!.Expected, state.IncorrectSizeOf("g")!.Since));
    }

    [Fact]
    public void The_status_is_in_upstreams_form()
    {
        var group = cloud.Add("g", 1, 10, 2);
        state.Update([group.Node("a"), group.Node("b", ready: false)], Now);
        var text = new StatusText().Of(state, cloud, new Dictionary<string, int> { ["g"] = 1 }, Now, Now);
        Assert.StartsWith("time: 2026-01-01 12:00:00 +0000 UTC\nautoscalerStatus: Running\nclusterWide:\n  health:\n    status: Healthy\n    nodeCounts:\n      registered:\n        total: 2\n        ready: 1\n", text, StringComparison.Ordinal);
        var read = KubeLab.Api.Yaml.Yaml.Read(text)!;
        Assert.Equal(10, (int)read["nodeGroups"]![0]!["health"]!["maxSize"]!);
        Assert.Equal("CandidatesPresent", (string)read["nodeGroups"]![0]!["scaleDown"]!["status"]!);
        Assert.Equal(1, (int)read["clusterWide"]!["health"]!["nodeCounts"]!["registered"]!["unready"]!["total"]!);
    }
}
