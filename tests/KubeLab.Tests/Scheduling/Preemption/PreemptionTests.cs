using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Policy;
using KubeLab.Api.Scheduling;
using KubeLab.Api.Verbs;
using KubeLab.Scheduling.Preemption;
using KubeLab.Simulation;

namespace KubeLab.Tests.Scheduling.Preemption;

public sealed class PreemptionTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ServerAndScheduler lab;

    public PreemptionTests()
    {
        lab = new ServerAndScheduler(clock, 1);
        foreach (var (name, value) in new[] { ("low", 10), ("middle", 100), ("high", 1000) })
        {
            lab.Api.Create(new PriorityClass { Metadata = new() { Name = name }, Value = value });
        }

        lab.Api.Create(new PriorityClass { Metadata = new() { Name = "patient" }, Value = 1000, PreemptionPolicy = "Never" });
    }

    [Fact]
    public void No_more_leave_than_must_and_the_victim_knows_why()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "2"));
        Create("big", "1", "low");
        Create("small", "400m", "low");
        Create("other", "400m", "middle");
        Create("wanted", "500m", "high");
        Assert.Equal("worker-1", lab.Api.Get<Pod>("default", "wanted").Status.NominatedNodeName);
        Assert.Null(lab.Api.Get<Pod>("default", "big").Metadata.DeletionTimestamp);
        Assert.Null(lab.Api.Get<Pod>("default", "other").Metadata.DeletionTimestamp);
        var victim = lab.Api.Get<Pod>("default", "small");
        Assert.NotNull(victim.Metadata.DeletionTimestamp);
        var condition = victim.Status.Conditions.Find(c => c.Type == "DisruptionTarget")!;
        Assert.Equal(("True", "PreemptionByScheduler", "default-scheduler: preempting to accommodate a higher priority pod"), (condition.Status, condition.Reason, condition.Message));
        var uid = lab.Api.Get<Pod>("default", "wanted").Metadata.Uid;
        Assert.Equal($"Preempted by pod {uid} on node worker-1", Assert.Single(lab.Events("small"), e => e.Reason == "Preempted").Message);
    }

    [Fact]
    public void A_pod_that_never_preempts_waits_and_says_so()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        Create("low", "900m", "low");
        Create("wanted", "900m", "patient");
        Assert.Null(lab.Api.Get<Pod>("default", "low").Metadata.DeletionTimestamp);
        Assert.Equal(
            "0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.",
            Assert.Single(lab.Events("wanted"), e => e.Reason == "FailedScheduling").Message);
    }

    [Fact]
    public void Among_equals_nobody_leaves_and_the_message_counts_the_nodes()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        lab.Api.Create(Make.Node("worker-2", cpu: "1") with { Spec = new() { Taints = [new() { Key = "dedicated", Value = "cms", Effect = "NoSchedule" }] } });
        Create("first", "900m", "high");
        Create("second", "900m", "high");
        Assert.Equal(
            "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {dedicated: cms}. "
                + "preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.",
            Assert.Single(lab.Events("second"), e => e.Reason == "FailedScheduling").Message);
    }

    [Fact]
    public void A_disruption_budget_is_honoured_where_that_is_possible()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        lab.Api.Create(Make.Node("worker-2", cpu: "1"));
        Budget(allowed: 0);
        Create("guarded", "900m", "low", ("app", "guarded"));
        Create("free", "900m", "middle");
        Create("wanted", "900m", "high");
        Assert.NotNull(lab.Api.Get<Pod>("default", "free").Metadata.DeletionTimestamp);
        Assert.Null(lab.Api.Get<Pod>("default", "guarded").Metadata.DeletionTimestamp);
    }

    [Fact]
    public void A_disruption_budget_is_violated_where_it_must_be()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        Budget(allowed: 0);
        Create("guarded", "900m", "low", ("app", "guarded"));
        Create("wanted", "900m", "high");
        Assert.NotNull(lab.Api.Get<Pod>("default", "guarded").Metadata.DeletionTimestamp);
    }

    [Fact]
    public void Who_waits_on_a_nominated_node_does_not_preempt_again_and_is_not_overtaken()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        Create("low", "900m", "low");
        Create("wanted", "900m", "high");
        Create("sneaky", "900m", "middle");
        clock.RunFor(TimeSpan.FromSeconds(5));
        lab.Api.Delete<Pod>("default", "low", new DeleteOptions { GracePeriodSeconds = 0 });
        clock.RunFor(TimeSpan.FromSeconds(15));
        Assert.Equal(("worker-1", null), (lab.NodeOf("wanted"), lab.NodeOf("sneaky")));
    }

    [Fact]
    public void A_nomination_is_given_up_when_a_more_important_pod_takes_the_room()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        Create("low", "900m", "low");
        Create("middle", "900m", "middle");
        Assert.Equal("worker-1", lab.Api.Get<Pod>("default", "middle").Status.NominatedNodeName);
        var gone = lab.Api.Get<Pod>("default", "low");
        Assert.NotNull(gone.Metadata.DeletionTimestamp);
        lab.Api.Delete<Pod>("default", "low", new DeleteOptions { GracePeriodSeconds = 0 });
        Create("second-low", "50m", "low");
        Create("high", "900m", "high");
        clock.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal("worker-1", lab.NodeOf("high") ?? lab.Api.Get<Pod>("default", "high").Status.NominatedNodeName);
    }

    // Priorities of the victims on each node, how many violate a budget, and when the most important one started; the least harm wins.
    [Theory]
    [InlineData("10", 0, 1, "10", 1, 1, 0)]
    [InlineData("100", 0, 1, "10", 0, 1, 1)]
    [InlineData("100", 0, 1, "10 10 10", 0, 1, 1)]
    [InlineData("10 10", 0, 1, "10 5", 0, 1, 1)]
    [InlineData("10 10", 0, 1, "10", 0, 1, 1)]
    [InlineData("10", 0, 1, "10", 0, 2, 1)]
    [InlineData("10", 0, 1, "10", 0, 1, 0)]
    public void The_node_is_chosen_where_it_hurts_least(string first, int violations1, int start1, string second, int violations2, int start2, int chosen)
    {
        VictimChoice[] choices = [Choice(first, violations1, start1), Choice(second, violations2, start2)];
        Assert.Same(choices[chosen], VictimChoice.Best(choices));
    }

    [Fact]
    public void Budgets_are_used_up_by_the_pods_before()
    {
        var budget = new PodDisruptionBudget
        {
            Metadata = new() { Name = "b", Namespace = "default" },
            Spec = new() { Selector = new LabelSelector { MatchLabels = StringMap.Of(("app", "a")) } },
            Status = new() { DisruptionsAllowed = 1 },
        };
        var pods = new[] { "one", "two" }.Select(n => Make.Info(Make.Labelled(n, ("app", "a")))).Append(Make.Info(Make.Labelled("other", ("app", "b")))).ToList();
        var (guarded, others) = BudgetGuard.Split(pods, [budget]);
        Assert.Equal("two", Assert.Single(guarded).Key.Name);
        Assert.Equal(["one", "other"], others.Select(p => p.Key.Name));
    }

    private static VictimChoice Choice(string priorities, int violations, int start)
    {
        var victims = priorities.Split(' ').Select((p, i) =>
        {
            var pod = Make.Pod($"v{i}");
            return Make.Info(pod with { Spec = pod.Spec with { Priority = int.Parse(p) }, Status = new() { StartTime = new Timestamp(DateTimeOffset.UnixEpoch.AddHours(start)) } });
        }).ToList();
        return new VictimChoice(Make.Info(Make.Node("n")), victims, violations);
    }

    private void Create(string name, string cpu, string priorityClass, params (string, string)[] labels)
    {
        var pod = Make.Pod(name, cpu, priorityClass: priorityClass);
        lab.Api.Create(pod with { Metadata = pod.Metadata with { Labels = StringMap.Of(labels) }, Spec = pod.Spec with { TerminationGracePeriodSeconds = 600 } });
        clock.RunFor(TimeSpan.FromSeconds(1));
    }

    private void Budget(int allowed)
    {
        var budget = lab.Api.Create(new PodDisruptionBudget
        {
            Metadata = new() { Name = "guard", Namespace = "default" },
            Spec = new() { Selector = new LabelSelector { MatchLabels = StringMap.Of(("app", "guarded")) }, MinAvailable = 1 },
        });
        lab.Api.UpdateStatus(budget with { Status = new() { DisruptionsAllowed = allowed } });
    }
}
