using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Tests.Scheduling;

public sealed class SchedulerTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ServerAndScheduler lab;

    public SchedulerTests() => lab = new ServerAndScheduler(clock, seed: 1);

    [Fact]
    public void A_pod_gets_a_node_and_an_event_says_so()
    {
        lab.Api.Create(Make.Node("worker-1"));
        lab.Api.Create(Make.Pod("web", "100m"));
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal("worker-1", lab.Api.Get<Pod>("default", "web").Spec.NodeName);
        Assert.Equal("Successfully assigned default/web to worker-1", Assert.Single(lab.Events("web"), e => e.Reason == "Scheduled").Message);
    }

    [Fact]
    public void A_pod_that_fits_nowhere_says_why_and_goes_as_soon_as_it_can()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "2"));
        lab.Api.Create(Make.Node("worker-2", cpu: "4") with { Spec = new() { Unschedulable = true } });
        lab.Api.Create(Make.Pod("big", "3"));
        clock.RunFor(TimeSpan.FromSeconds(2));
        const string why = "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable. "
            + "preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.";
        var condition = lab.Api.Get<Pod>("default", "big").Status.Conditions.Find(c => c.Type == "PodScheduled")!;
        Assert.Equal(("False", "Unschedulable", why), (condition.Status, condition.Reason, condition.Message));
        Assert.Equal(why, Assert.Single(lab.Events("big")).Message);

        var cordoned = lab.Api.Get<Node>("", "worker-2");
        lab.Api.Update(cordoned with { Spec = cordoned.Spec with { Unschedulable = false } });
        clock.RunFor(TimeSpan.FromSeconds(2));
        Assert.Equal("worker-2", lab.Api.Get<Pod>("default", "big").Spec.NodeName);
    }

    [Fact]
    public void A_pod_waits_for_room_and_takes_it_when_another_leaves()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        lab.Api.Create(Make.Pod("first", "800m"));
        clock.RunFor(TimeSpan.FromSeconds(1));
        lab.Api.Create(Make.Pod("second", "800m"));
        clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.Null(lab.Api.Get<Pod>("default", "second").Spec.NodeName);

        lab.Api.Delete<Pod>("default", "first", new DeleteOptions { GracePeriodSeconds = 0 });
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal("worker-1", lab.Api.Get<Pod>("default", "second").Spec.NodeName);
    }

    [Fact]
    public void A_gated_pod_stays_out_until_its_gate_is_lifted()
    {
        lab.Api.Create(Make.Node("worker-1"));
        var pod = Make.Pod("gated");
        lab.Api.Create(pod with { Spec = pod.Spec with { SchedulingGates = [new PodSchedulingGate { Name = "example.org/wait" }] } });
        clock.RunFor(TimeSpan.FromMinutes(10));
        var waiting = lab.Api.Get<Pod>("default", "gated");
        Assert.Null(waiting.Spec.NodeName);

        lab.Api.Update(waiting with { Spec = waiting.Spec with { SchedulingGates = [] } });
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal("worker-1", lab.Api.Get<Pod>("default", "gated").Spec.NodeName);
    }

    [Fact]
    public void A_more_important_pod_takes_the_place_of_the_least_important()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        lab.Api.Create(Make.Node("worker-2", cpu: "1"));
        var low = Make.Pod("low", "900m");
        lab.Api.Create(low with { Spec = low.Spec with { TerminationGracePeriodSeconds = 30 } });
        lab.Api.Create(Make.Pod("middle", "900m", priorityClass: "system-cluster-critical"));
        clock.RunFor(TimeSpan.FromSeconds(1));
        var room = lab.Api.Get<Pod>("default", "low").Spec.NodeName;
        lab.Api.Create(Make.Pod("high", "900m", priorityClass: "system-node-critical"));
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(room, lab.Api.Get<Pod>("default", "high").Status.NominatedNodeName);
        Assert.Null(lab.Api.Get<Pod>("default", "middle").Metadata.DeletionTimestamp);
        Assert.NotNull(lab.Api.Get<Pod>("default", "low").Metadata.DeletionTimestamp);

        lab.Api.Delete<Pod>("default", "low", new DeleteOptions { GracePeriodSeconds = 0 });
        clock.RunFor(TimeSpan.FromSeconds(12));
        Assert.Equal(room, lab.Api.Get<Pod>("default", "high").Spec.NodeName);
    }
}
