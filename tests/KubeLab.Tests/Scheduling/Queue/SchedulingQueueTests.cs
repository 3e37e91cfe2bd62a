using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins;
using KubeLab.Scheduling.Queue;
using KubeLab.Simulation;

namespace KubeLab.Tests.Scheduling.Queue;

public sealed class SchedulingQueueTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SchedulingQueue queue;

    public SchedulingQueueTests() => queue = new SchedulingQueue(clock, new PrioritySort(), _ => [new SchedulingGates()]);

    [Fact]
    public void The_more_important_pod_goes_first_and_among_equals_the_first()
    {
        queue.Add(Make.Pod("a"));
        queue.Add(Make.Pod("b") with { Spec = new() { Priority = 5 } });
        queue.Add(Make.Pod("c"));
        Assert.Equal(["b", "a", "c"], Enumerable.Range(0, 3).Select(_ => queue.Take()!.Pod.Metadata.Name));
    }

    [Fact]
    public void The_pause_after_a_failure_doubles_from_one_second_to_ten()
    {
        queue.Add(Make.Pod("p", "1"));
        double[] pauses = [1, 2, 4, 8, 10, 10];
        foreach (var pause in pauses)
        {
            var pod = queue.Take()!;
            queue.ReturnUnschedulable(pod, [new NodeResourcesFit()]);
            queue.OnChange(new(ClusterChange.AssignedPodDeleted));
            clock.RunFor(TimeSpan.FromSeconds(pause - 0.01));
            Assert.False(queue.HasReady, $"ready before {pause} s");
            clock.RunFor(TimeSpan.FromSeconds(0.01));
            Assert.True(queue.HasReady, $"not ready after {pause} s");
        }
    }

    [Fact]
    public void Only_a_change_that_could_help_brings_a_pod_back()
    {
        queue.Add(Make.Pod("p", "1"));
        queue.ReturnUnschedulable(queue.Take()!, [new NodeResourcesFit()]);
        clock.RunFor(TimeSpan.FromSeconds(20));
        queue.OnChange(new(ClusterChange.NodeTaints, Make.Node("n"), Make.Node("n")));
        queue.OnChange(new(ClusterChange.NodeAllocatable, Make.Node("n", "100m"), Make.Node("n", "500m")));
        Assert.False(queue.HasReady);
        queue.OnChange(new(ClusterChange.NodeAllocatable, Make.Node("n", "500m"), Make.Node("n", "2")));
        Assert.True(queue.HasReady);
    }

    [Fact]
    public void After_five_minutes_a_pod_is_tried_anyway()
    {
        queue.Add(Make.Pod("p", "1"));
        queue.ReturnUnschedulable(queue.Take()!, [new NodeResourcesFit()]);
        clock.RunFor(TimeSpan.FromMinutes(4.9));
        Assert.False(queue.HasReady);
        clock.RunFor(TimeSpan.FromMinutes(0.7));
        Assert.True(queue.HasReady);
    }

    [Fact]
    public void A_gated_pod_is_not_tried_until_its_gate_is_lifted()
    {
        var gated = Make.Pod("p");
        gated = gated with { Spec = gated.Spec with { SchedulingGates = [new PodSchedulingGate { Name = "g" }] } };
        queue.Add(gated);
        clock.RunFor(TimeSpan.FromHours(1));
        Assert.False(queue.HasReady);
        queue.Update(gated, gated with { Spec = gated.Spec with { SchedulingGates = [] } });
        Assert.True(queue.HasReady);
    }
}
