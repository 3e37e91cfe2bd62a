using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Scheduling;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Nodes.Pressure;

/// <summary>A node of 4 GiB, of which the system holds 400 MiB: with more than 3,596 MiB in pods less than 100 MiB are left, with more than 3,696 MiB nothing.</summary>
public sealed class EvictionTests
{
    private readonly NodeLab lab = new();

    [Fact]
    public void A_leak_ends_in_an_eviction_of_the_leaking_pod_and_in_a_condition_that_outlives_it()
    {
        lab.AddNode("node-1", memory: "4Gi");
        lab.Run("steady", Server(1500, request: "2Gi"));
        lab.Run("leaky", Leaky(1500));
        Assert.True(lab.RunUntil(() => lab.Pod("leaky").Status.Phase == "Failed", 7200));
        var status = lab.Pod("leaky").Status;
        Assert.Equal("Evicted", status.Reason);
        Assert.Matches(
            "^The node was low on resource: memory\\. Threshold quantity: 100Mi, available: [0-9]+Ki\\. "
            + "Container leaky was using [0-9]+Ki, request is 0, has larger consumption of memory\\. $",
            status.Message);
        var disruption = status.Conditions.Find(c => c.Type == "DisruptionTarget")!;
        Assert.Equal(("True", "TerminationByKubelet", status.Message), (disruption.Status, disruption.Reason, disruption.Message));
        Assert.NotNull(status.ContainerStatuses[0].State!.Terminated);
        Assert.Equal("Running", lab.Pod("steady").Status.Phase);
        Assert.Contains($"Warning Evicted: {status.Message}", lab.Events("leaky"));
        Assert.Contains("Warning EvictionThresholdMet: Attempting to reclaim memory", lab.Events("node-1"));

        lab.RunFor(11);
        Assert.Equal(("True", "KubeletHasInsufficientMemory"), Condition("MemoryPressure"));
        Assert.Contains("Normal NodeHasInsufficientMemory: Node node-1 status is now: NodeHasInsufficientMemory", lab.Events("node-1"));
        lab.RunFor(270);
        Assert.Equal("True", Condition("MemoryPressure").Status);
        lab.RunFor(50);
        Assert.Equal(("False", "KubeletHasSufficientMemory"), Condition("MemoryPressure"));
    }

    [Fact]
    public void Pods_go_one_by_one_and_those_within_their_requests_stay()
    {
        lab.AddNode("node-1", memory: "4Gi");
        lab.Run("within", Server(1600, request: "1600Mi"));
        lab.Run("less", Server(900, request: "850Mi"));
        lab.Run("more", Server(900, request: "100Mi"));
        lab.RunFor(5);

        // 3,400 MiB; 230 more leave 66.
        lab.Run("last", Server(230, request: "240Mi"));
        lab.RunFor(60);
        Assert.Equal("Evicted", lab.Pod("more").Status.Reason);
        Assert.All(new[] { "within", "less", "last" }, name => Assert.Equal("Running", lab.Pod(name).Status.Phase));
    }

    [Fact]
    public void Priority_decides_among_those_beyond_their_requests_and_critical_pods_stay()
    {
        lab.Api.Create(new PriorityClass { Metadata = new() { Name = "high" }, Value = 1000 });
        lab.AddNode("node-1", memory: "4Gi");
        lab.Run("critical", Server(2000), s => s with { PriorityClassName = "system-node-critical" });
        lab.Run("important", Server(1000), s => s with { PriorityClassName = "high" });
        lab.Run("ordinary", Server(640));
        lab.RunFor(60);
        Assert.Equal("Evicted", lab.Pod("ordinary").Status.Reason);
        Assert.All(new[] { "critical", "important" }, name => Assert.Equal("Running", lab.Pod(name).Status.Phase));
    }

    [Fact]
    public void What_comes_too_fast_for_the_kubelet_is_killed_by_the_kernel_by_class()
    {
        lab.AddNode("node-1", memory: "4Gi");
        lab.Run("guaranteed", Server(1500) with { Resources = new() { Limits = Resources("100m", "1600Mi"), Requests = Resources("100m", "1600Mi") } });
        lab.Run("burstable", Server(800, request: "700Mi"));
        lab.Run("best-effort", Server(800));
        lab.RunFor(12);
        lab.Run("hog", Stress("1500M") with { Resources = new() { Requests = ResourceList.Of(("memory", Quantity.Parse("1Gi"))) } });
        Assert.True(lab.RunUntil(() => lab.Events("node-1").Any(e => e.Contains("SystemOOM", StringComparison.Ordinal)), 60));

        // The one of class BestEffort goes although it is smaller; that is not enough, so the one that is furthest beyond its request goes too.
        lab.RunFor(3);
        Assert.Equal(("OOMKilled", 137), Ended("best-effort"));
        Assert.Equal(("OOMKilled", 137), Ended("hog"));
        Assert.Equal((0, 0), (lab.Status("guaranteed").RestartCount, lab.Status("burstable").RestartCount));
        Assert.Contains(lab.Events("node-1"), e => System.Text.RegularExpressions.Regex.IsMatch(e, "^Warning SystemOOM: System OOM encountered, victim process: server, pid: [0-9]+$"));
        Assert.Contains(lab.Events("node-1"), e => e.Contains("victim process: stress, pid:", StringComparison.Ordinal));
    }

    [Fact]
    public void Under_memory_pressure_pods_that_promise_nothing_are_turned_away()
    {
        lab.AddNode("node-1", memory: "4Gi");
        lab.Run("big", Server(3620));
        Assert.True(lab.RunUntil(() => lab.Pod("big").Status.Reason == "Evicted", 60));
        lab.Run("promising", Server(10, request: "10Mi"));
        lab.Run("not", Server(10));
        lab.RunFor(5);
        Assert.Equal("Running", lab.Pod("promising").Status.Phase);
        var status = lab.Pod("not").Status;
        Assert.Equal(("Failed", "Evicted", "Pod was rejected: The node had condition: [MemoryPressure]. "), (status.Phase, status.Reason, status.Message));
    }

    [Fact]
    public void A_full_disk_first_loses_images_that_nobody_uses_and_then_a_pod()
    {
        lab.AddNode("node-1", change: c => c with { Capacity = c.Capacity.With("ephemeral-storage", Quantity.Parse("190M")) });
        lab.Run("one", NodeLab.Nginx());
        lab.Run("two", new Container { Name = "c", Image = "example.com/two:1" });
        lab.RunFor(60);
        lab.Api.Delete<Pod>("default", "one");
        lab.RunFor(40);
        lab.Run("three", new Container { Name = "c", Image = "example.com/three:1" });
        lab.RunFor(60);
        Assert.Contains("Warning EvictionThresholdMet: Attempting to reclaim ephemeral-storage", lab.Events("node-1"));
        Assert.All(new[] { "two", "three" }, name => Assert.Equal("Running", lab.Pod(name).Status.Phase));
        Assert.Equal("True", Condition("DiskPressure").Status);
        Assert.DoesNotContain(lab.Api.Get<Node>("", "node-1").Status.Images, i => i.Names.Exists(n => n.Contains("nginx", StringComparison.Ordinal)));

        lab.RunFor(330);
        Assert.Equal(("False", "KubeletHasNoDiskPressure"), Condition("DiskPressure"));
        lab.Run("four", new Container { Name = "c", Image = "example.com/four:1" });
        lab.Run("five", new Container { Name = "c", Image = "example.com/five:1" });
        lab.RunFor(60);
        Assert.Single(lab.Api.List<Pod>("default"), p => p.Status.Reason == "Evicted");
    }

    [Fact]
    public void A_node_that_has_enough_never_looks()
    {
        lab.AddNode("node-1", memory: "4Gi");
        lab.RunFor(60);
        var before = EventsIn(3600);
        lab.Run("web", Server(1000));
        lab.RunFor(60);
        Assert.Equal(before, EventsIn(3600));
    }

    private long EventsIn(double seconds)
    {
        var before = lab.Clock.EventsRun;
        lab.RunFor(seconds);
        return lab.Clock.EventsRun - before;
    }

    private (string Status, string? Reason) Condition(string type)
    {
        var condition = lab.Api.Get<Node>("", "node-1").Status.Conditions.Find(c => c.Type == type)!;
        return (condition.Status, condition.Reason);
    }

    private (string? Reason, int Code) Ended(string name)
    {
        var status = lab.Status(name);
        var ended = status.State!.Terminated ?? status.LastState!.Terminated!;
        return (ended.Reason, ended.ExitCode);
    }

    private static Container Server(int mebibytes, string? request = null) => new()
    {
        Name = "server",
        Image = "kubelab/server",
        Env = [new EnvVar { Name = "MEMORY_MIB", Value = $"{mebibytes}" }],
        Resources = new() { Requests = request is null ? default : ResourceList.Of(("memory", Quantity.Parse(request))) },
    };

    private static Container Leaky(int mebibytes) => new() { Name = "leaky", Image = "kubelab/leaky", Env = [new EnvVar { Name = "MEMORY_MIB", Value = $"{mebibytes}" }] };

    private static Container Stress(string bytes) =>
        new() { Name = "stress", Image = "polinux/stress", Command = ["stress"], Args = ["--vm", "1", "--vm-bytes", bytes, "--vm-hang", "1"] };

    private static ResourceList Resources(string cpu, string memory) => ResourceList.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory)));
}
