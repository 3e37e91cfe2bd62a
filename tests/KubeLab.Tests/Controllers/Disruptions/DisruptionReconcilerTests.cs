using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.Disruptions;
using KubeLab.Tests.Controllers.Jobs;

namespace KubeLab.Tests.Controllers.Disruptions;

public sealed class DisruptionReconcilerTests
{
    private readonly ControllerLab lab = new("worker-1");

    private PodDisruptionBudgetStatus Status => lab.Api.Get<PodDisruptionBudget>("default", "b").Status;

    [Theory]
    [InlineData("2", null, 10, 2)]
    [InlineData("30%", null, 7, 3)]
    [InlineData(null, "30%", 7, 4)]
    [InlineData(null, "1", 7, 6)]
    [InlineData(null, "100%", 7, 0)]
    [InlineData("100%", null, 7, 7)]
    [InlineData(null, "9", 7, 0)]
    public void Percentages_are_of_the_expected_pods_and_round_up(string? least, string? most, int expected, int desired) => Assert.Equal(
        desired,
        BudgetMath.Desired(
            new() { MinAvailable = Bound(least), MaxUnavailable = Bound(most) }, expected));

    [Fact]
    public void A_budget_counts_what_the_deployment_wants_and_what_is_ready()
    {
        lab.Deploy(4);
        Guard(s => s with { MaxUnavailable = "50%" });
        lab.Run(5);
        Assert.Equal((4, 2, 4, 2), (Status.ExpectedPods, Status.DesiredHealthy, Status.CurrentHealthy, Status.DisruptionsAllowed));
        var condition = Assert.Single(Status.Conditions);
        Assert.Equal(("DisruptionAllowed", "True", "SufficientPods", 1L), (condition.Type, condition.Status, condition.Reason, condition.ObservedGeneration));
        lab.StartUp = _ => null;
        lab.Api.Delete<Pod>("default", lab.Pods[0].Metadata.Name!);
        lab.Api.Delete<Pod>("default", lab.Pods[1].Metadata.Name!);
        lab.Run(5);
        Assert.Equal((2, 0, "InsufficientPods"), (Status.CurrentHealthy, Status.DisruptionsAllowed, Status.Conditions[0].Reason));
    }

    [Fact]
    public void An_eviction_beyond_the_budget_is_refused_and_tried_again_it_is_granted()
    {
        lab.Deploy(3);
        Guard(s => s with { MinAvailable = 2 });
        lab.Run(5);
        Evict(0);
        var refusal = Assert.Throws<ApiException>(() => Evict(1)).Status;
        Assert.Equal((429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget."), (refusal.Code, refusal.Reason, refusal.Message));
        var cause = Assert.Single(refusal.Details!.Causes);
        Assert.Equal(("DisruptionBudget", "The disruption budget b needs 2 healthy pods and has 3 currently"), (cause.Reason, cause.Message));
        lab.Run(20);
        Evict(1);
        lab.Run(20);
        Assert.Equal((3, 1), (lab.Pods.Count, Status.DisruptionsAllowed));
    }

    [Fact]
    public void An_evicted_pod_says_why_it_goes()
    {
        lab.Deploy(1);
        lab.Run(5);
        var name = lab.Pods[0].Metadata.Name!;
        Evict(0);
        var condition = lab.Api.Get<Pod>("default", name).Status.Conditions.Find(c => c.Type == "DisruptionTarget")!;
        Assert.Equal(("True", "EvictionByEvictionAPI", "Eviction API: evicting"), (condition.Status, condition.Reason, condition.Message));
    }

    [Fact]
    public void A_dry_run_asks_the_budget_and_charges_nothing()
    {
        lab.Deploy(1);
        Guard(s => s with { MinAvailable = 1 });
        lab.Run(5);
        var key = ObjectKey.Of(lab.Pods[0]);
        var dry = new Eviction
        {
            Metadata = new() { Name = key.Name },
            DeleteOptions = new OpaqueObject().With("dryRun", System.Text.Json.JsonDocument.Parse("[\"All\"]").RootElement),
        };
        Assert.Equal(429, Assert.Throws<ApiException>(() => lab.Api.Act(Pod.Resource, key, "eviction", dry)).Code);
        lab.Api.Update(lab.Api.Get<PodDisruptionBudget>("default", "b") with { Spec = new() { MinAvailable = 0, Selector = new() { MatchLabels = StringMap.Of(("app", "web")) } } });
        lab.Run(1);
        lab.Api.Act(Pod.Resource, key, "eviction", dry);
        Assert.Equal((1, null), (Status.DisruptionsAllowed, Status.DisruptedPods));
        Assert.Null(lab.Pods[0].Metadata.DeletionTimestamp);
    }

    [Fact]
    public void Two_budgets_over_one_pod_are_more_than_eviction_can_weigh()
    {
        lab.Deploy(1);
        Guard(s => s with { MinAvailable = 0 });
        Guard(s => s with { MinAvailable = 0 }, "other");
        lab.Run(5);
        var refusal = Assert.Throws<ApiException>(() => Evict(0)).Status;
        Assert.Equal((500, "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."), (refusal.Code, refusal.Message));
    }

    [Fact]
    public void Pods_that_do_not_run_are_not_guarded()
    {
        lab.StartUp = _ => null;
        lab.Deploy(1);
        Guard(s => s with { MinAvailable = 1 });
        lab.Run(5);
        Evict(0);
        Assert.NotNull(lab.Pods[0].Metadata.DeletionTimestamp);
    }

    [Theory]
    [InlineData(null, 429)]
    [InlineData("AlwaysAllow", 0)]
    public void A_running_pod_that_is_not_ready_goes_as_the_policy_says(string? policy, int code)
    {
        lab.Deploy(2);
        Guard(s => s with { MinAvailable = 2, UnhealthyPodEvictionPolicy = policy });
        lab.Run(5);
        var pod = lab.Pods[0];
        lab.Api.UpdateStatus(pod with { Status = pod.Status with { Conditions = pod.Status.Conditions.Where(c => c.Type != "Ready") } });
        lab.Run(1);
        var act = () => lab.Api.Act(Pod.Resource, ObjectKey.Of(pod), "eviction", new Eviction { Metadata = new() { Name = pod.Metadata.Name } });
        if (code == 0)
        {
            act();
            Assert.Equal(1, Status.CurrentHealthy);
        }
        else
        {
            Assert.Equal(code, Assert.Throws<ApiException>(act).Code);
        }
    }

    [Fact]
    public void A_granted_pod_that_stays_counts_again_after_two_minutes()
    {
        lab.Deploy(2);
        Guard(s => s with { MinAvailable = 1 });
        lab.Run(5);
        var budget = lab.Api.Get<PodDisruptionBudget>("default", "b");
        var granted = new Dictionary<string, DateTimeOffset> { [lab.Pods[0].Metadata.Name!] = lab.Clock.Now };
        lab.Api.UpdateStatus(budget with { Status = DisruptedPods.With(budget.Status, granted) });
        lab.Run(5);
        Assert.Equal((1, 0), (Status.CurrentHealthy, Status.DisruptionsAllowed));
        lab.Run(130);
        Assert.Equal((2, 1, null), (Status.CurrentHealthy, Status.DisruptionsAllowed, Status.DisruptedPods));
        Assert.Contains(lab.EventsOf("Pod"), e => e == "Warning NotDeleted Pod was expected by PDB default/b to be deleted but it wasn't");
    }

    [Fact]
    public void Pods_without_a_controller_count_by_themselves_only_for_whole_numbers()
    {
        lab.Api.Create(new Pod { Metadata = new() { Name = "alone", Namespace = "default", Labels = StringMap.Of(("app", "web")) }, Spec = ControllerLab.SpecOf("web:1") });
        Guard(s => s with { MinAvailable = 1 });
        Guard(s => s with { MinAvailable = "50%" }, "percent");
        lab.Run(5);
        Assert.Equal((1, 1, 0), (Status.ExpectedPods, Status.CurrentHealthy, Status.DisruptionsAllowed));
        Assert.Equal(0, lab.Api.Get<PodDisruptionBudget>("default", "percent").Status.ExpectedPods);
    }

    [Fact]
    public void A_controller_that_cannot_be_scaled_is_an_error_that_is_told()
    {
        lab.Api.Create(new Job
        {
            Metadata = new() { Name = "pi", Namespace = "default" },
            Spec = new() { Template = JobLab.Template() with { Metadata = new() { Labels = StringMap.Of(("app", "web")) } } },
        });
        Guard(s => s with { MaxUnavailable = 1 });
        lab.Run(5);
        Assert.Equal(("SyncFailed", "jobs.batch does not implement the scale subresource"), (Status.Conditions[0].Reason, Status.Conditions[0].Message));
        Assert.Contains(
            "Warning CalculateExpectedPodCountFailed Failed to calculate the number of expected pods: jobs.batch does not implement the scale subresource",
            lab.EventsOf("PodDisruptionBudget"));
    }

    [Fact]
    public void A_budget_over_nothing_allows_nothing()
    {
        Guard(s => s with { MaxUnavailable = 1 });
        lab.Run(5);
        Assert.Equal((0, 0), (Status.DisruptionsAllowed, Status.ExpectedPods));
        Assert.Contains("Normal NoPods No matching pods found", lab.EventsOf("PodDisruptionBudget"));
    }

    [Fact]
    public void An_announced_disruption_that_never_came_is_taken_back()
    {
        lab.Deploy(1);
        lab.Run(5);
        var pod = lab.Pods[0];
        lab.Api.UpdateStatus(pod with
        {
            Status = pod.Status with { Conditions = pod.Status.Conditions.Add(new() { Type = "DisruptionTarget", Status = "True", LastTransitionTime = lab.Clock.Now }) },
        });
        lab.Run(119);
        Assert.Equal("True", Target());
        lab.Run(2);
        Assert.Equal("False", Target());

        string Target() => lab.Pods[0].Status.Conditions.Find(c => c.Type == "DisruptionTarget")!.Status;
    }

    private static IntOrString? Bound(string? text) => text is null ? (IntOrString?)null : IntOrString.Parse(text);

    private void Evict(int index)
    {
        var pod = lab.Pods.Where(p => p.Metadata.DeletionTimestamp is null).ElementAt(index == 0 ? 0 : 1);
        lab.Api.Act(Pod.Resource, ObjectKey.Of(pod), "eviction", new Eviction { Metadata = new() { Name = pod.Metadata.Name, Namespace = "default" } });
    }

    private void Guard(Func<PodDisruptionBudgetSpec, PodDisruptionBudgetSpec> change, string name = "b") => lab.Api.Create(new PodDisruptionBudget
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = change(new() { Selector = new LabelSelector { MatchLabels = StringMap.Of(("app", "web")) } }),
    });
}
