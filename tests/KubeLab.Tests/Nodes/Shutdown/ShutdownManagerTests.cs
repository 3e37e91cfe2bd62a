using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes;
using KubeLab.Nodes.Shutdown;

namespace KubeLab.Tests.Nodes.Shutdown;

public sealed class ShutdownManagerTests
{
    private readonly NodeLab lab = new();

    [Fact]
    public void Pods_end_with_upstreams_reason_and_the_node_says_why_it_is_not_ready()
    {
        var node = Node();
        lab.Run("web", NodeLab.Nginx());
        Assert.True(lab.RunUntil(() => lab.Pod("web").Status.Phase == "Running"));

        node.ShutDown();
        var ready = lab.Api.Find<Node>("", "node-1")!.Status.Conditions.Find(c => c.Type == "Ready");
        Assert.Equal(("False", "KubeletNotReady", "node is shutting down"), (ready?.Status, ready?.Reason, ready?.Message));

        lab.RunFor(20);
        var status = lab.Pod("web").Status;
        Assert.Equal(("Failed", "Terminated", "Pod was terminated in response to imminent node shutdown."), (status.Phase, status.Reason, status.Message));
        var target = status.Conditions.Find(c => c.Type == "DisruptionTarget");
        Assert.Equal(("True", "TerminationByKubelet", "Pod was terminated in response to imminent node shutdown."), (target?.Status, target?.Reason, target?.Message));
        Assert.Contains("Normal NodeShutdown: Shutdown manager detected shutdown event", lab.Events("node-1"));
    }

    [Fact]
    public void Critical_pods_go_after_the_others_have_gone()
    {
        var node = Node();
        lab.Run("late", NodeLab.Shell("trap '' TERM; sleep 100000"));
        lab.Run("system", NodeLab.Shell("sleep 100000"), s => s with { PriorityClassName = "system-node-critical", Priority = 2_000_001_000 });
        Assert.True(lab.RunUntil(() => lab.Pod("late").Status.Phase == "Running" && lab.Pod("system").Status.Phase == "Running"));

        node.ShutDown();
        lab.RunFor(14);
        Assert.Equal("Running", lab.Pod("system").Status.Phase);
        lab.RunFor(16);
        Assert.Equal("Failed", lab.Pod("late").Status.Phase);
        Assert.Equal("Failed", lab.Pod("system").Status.Phase);
        var ends = new[] { "late", "system" }.Select(p => lab.Status(p).State!.Terminated!.FinishedAt!.Value.Instant).ToList();
        Assert.True(ends[0] <= ends[1]);
    }

    [Fact]
    public void A_pod_that_comes_too_late_is_rejected()
    {
        var node = Node();
        lab.RunFor(5);
        node.ShutDown();
        lab.Run("web", NodeLab.Nginx());
        lab.RunFor(5);
        var status = lab.Pod("web").Status;
        Assert.Equal(("Failed", "NodeShutdown", "Pod was rejected: Pod was rejected as the node is shutting down."), (status.Phase, status.Reason, status.Message));
    }

    [Fact]
    public void A_kubelet_without_grace_periods_hears_nothing()
    {
        var node = lab.AddNode("node-1");
        lab.Run("web", NodeLab.Nginx());
        Assert.True(lab.RunUntil(() => lab.Pod("web").Status.Phase == "Running"));
        node.ShutDown();
        lab.RunFor(60);
        Assert.Equal("Running", lab.Pod("web").Status.Phase);
        Assert.False(node.IsShuttingDown);
    }

    [Fact]
    public void A_pod_that_had_succeeded_stays_so()
    {
        var node = Node();
        lab.Run("task", NodeLab.Shell("true"), s => s with { RestartPolicy = "Never" });
        Assert.True(lab.RunUntil(() => lab.Pod("task").Status.Phase == "Succeeded"));
        node.ShutDown();
        lab.RunFor(30);
        Assert.Equal("Succeeded", lab.Pod("task").Status.Phase);
    }

    private Kubelet Node() => lab.AddNode("node-1", change: c => c with
    {
        ShutdownGracePeriods = ShutdownGracePeriod.Of(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15)).ToValueList(),
    });
}
