using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.NodeLifecycle;

namespace KubeLab.Tests.Controllers.NodeLifecycle;

public sealed class NodeLifecycleTests
{
    private readonly ControllerLab lab = new();

    [Fact]
    public void A_dead_node_is_noticed_tainted_and_emptied_in_upstreams_time()
    {
        AddNodes("a", "b", "c");
        lab.Run(12);
        lab.Deploy(3);
        lab.Run(20);
        Assert.Equal(["a", "b", "c"], lab.Pods.Select(p => p.Spec.NodeName!).Order(StringComparer.Ordinal));
        var victim = lab.Pods.Single(p => p.Spec.NodeName == "b").Metadata.Name!;

        lab.Kill("b");
        lab.Run(45);
        Assert.Equal("True", Ready("b").Status);

        // 50 s of grace after the last renewal, seen by a look every 5 s.
        lab.Run(20);
        Assert.Equal(("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."), (Ready("b").Status, Ready("b").Reason, Ready("b").Message));
        Assert.Equal(["NoExecute", "NoSchedule"], Taints("b"));
        Assert.Equal("False", lab.Api.Get<Pod>("default", victim).Status.Conditions.Find(c => c.Type == "Ready")!.Status);
        Assert.Contains("Normal NodeNotReady Node b status is now: NodeNotReady", lab.EventsOf("Node"));
        Assert.Contains("Warning NodeNotReady Node is not ready", lab.EventsOf("Pod"));
        Assert.Equal(2, lab.Web.Status.AvailableReplicas);

        // Pods tolerate an unreachable node for 300 s; then they are marked for deletion and replaced elsewhere.
        lab.Run(290);
        Assert.Equal(3, lab.Pods.Count);
        lab.Run(30);
        Assert.Contains($"Normal TaintManagerEviction Marking for deletion Pod default/{victim}", lab.EventsOf("Pod"));
        Assert.NotNull(lab.Api.Get<Pod>("default", victim).Metadata.DeletionTimestamp);
        Assert.Equal(3, lab.Web.Status.AvailableReplicas);
        Assert.DoesNotContain(lab.Pods.Where(p => p.Metadata.Name != victim), p => p.Spec.NodeName == "b");

        // The machine comes back: it finishes what it was told while it was away.
        lab.Revive("b");
        lab.Run(20);
        Assert.Empty(Taints("b"));
        Assert.Null(lab.Api.Find<Pod>("default", victim));
    }

    [Fact]
    public void A_node_that_comes_back_in_time_keeps_its_pods()
    {
        AddNodes("a", "b", "c");
        lab.Deploy(3);
        lab.Run(20);
        var before = lab.Pods.Select(p => p.Metadata.Name).ToList();
        lab.Kill("b");
        lab.Run(120);
        lab.Revive("b");
        lab.Run(20);
        Assert.Empty(Taints("b"));
        Assert.Contains(lab.EventsOf("Pod"), e => e.StartsWith("Normal TaintManagerEviction Cancelling deletion of Pod default/web-", StringComparison.Ordinal));
        lab.Run(600);
        Assert.Equal(before, lab.Pods.Select(p => p.Metadata.Name));
    }

    [Fact]
    public void Nodes_of_one_zone_are_tainted_one_in_ten_seconds()
    {
        AddNodes("a", "b", "c", "d", "e", "f");
        lab.Run(7);
        lab.Kill("b");
        lab.Kill("c");
        lab.Run(75);
        var times = new[] { "b", "c" }.Select(n => lab.Api.Get<Node>("", n).Spec.Taints.Find(t => t.Effect == "NoExecute")!.TimeAdded!.Value.Instant).Order().ToList();
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));
    }

    [Fact]
    public void When_every_node_is_silent_nobody_is_evicted()
    {
        AddNodes("a", "b", "c");
        lab.Deploy(3);
        lab.Run(20);
        foreach (var node in new[] { "a", "b", "c" })
        {
            lab.Kill(node);
        }

        lab.Run(900);
        Assert.All(new[] { "a", "b", "c" }, n => Assert.Equal(["NoSchedule"], Taints(n)));
        Assert.All(lab.Pods, p => Assert.Null(p.Metadata.DeletionTimestamp));
    }

    [Fact]
    public void A_small_zone_with_most_nodes_silent_evicts_nothing_while_another_zone_is_well()
    {
        AddNodes("a");
        foreach (var node in new[] { "z1", "z2", "z3", "z4" })
        {
            lab.AddNode(node, "z");
        }

        lab.Run(20);
        foreach (var node in new[] { "z1", "z2", "z3" })
        {
            lab.Kill(node);
        }

        lab.Run(600);
        Assert.All(new[] { "z1", "z2", "z3" }, n => Assert.Equal(["NoSchedule"], Taints(n).Distinct()));
    }

    [Fact]
    public void A_cordoned_node_is_tainted_for_newcomers()
    {
        AddNodes("a");
        lab.Run(1);
        var node = lab.Api.Get<Node>("", "a");
        lab.Api.Update(node with { Spec = node.Spec with { Unschedulable = true } });
        lab.Run(1);
        Assert.Contains(lab.Api.Get<Node>("", "a").Spec.Taints, t => t is { Key: NodeTaints.Unschedulable, Effect: "NoSchedule" });
        node = lab.Api.Get<Node>("", "a");
        lab.Api.Update(node with { Spec = node.Spec with { Unschedulable = false } });
        lab.Run(1);
        Assert.Empty(lab.Api.Get<Node>("", "a").Spec.Taints);
    }

    [Fact]
    public void Pods_of_a_node_that_is_gone_are_collected_after_a_quarantine()
    {
        AddNodes("a", "b");
        lab.Deploy(2);
        lab.Run(20);
        lab.Kill("b");
        var lost = lab.Pods.Single(p => p.Spec.NodeName == "b").Metadata.Name!;
        lab.Api.Delete<Node>("", "b");
        lab.Run(39);
        Assert.NotNull(lab.Api.Find<Pod>("default", lost));
        lab.Run(45);
        Assert.Null(lab.Api.Find<Pod>("default", lost));
        Assert.Equal(2, lab.Web.Status.AvailableReplicas);
    }

    [Fact]
    public void Each_node_gets_its_own_range_of_addresses()
    {
        AddNodes("a", "b");
        lab.Run(1);
        Assert.Equal(["10.244.0.0/24", "10.244.1.0/24"], new[] { "a", "b" }.Select(n => lab.Api.Get<Node>("", n).Spec.PodCIDR));
    }

    private void AddNodes(params string[] names)
    {
        foreach (var name in names)
        {
            lab.AddNode(name);
        }
    }

    private Condition Ready(string node) => NodeConditions.Ready(lab.Api.Get<Node>("", node))!;

    private IEnumerable<string> Taints(string node) => lab.Api.Get<Node>("", node).Spec.Taints
        .Where(t => t.Key == NodeTaints.Unreachable).Select(t => t.Effect).Order(StringComparer.Ordinal);
}
