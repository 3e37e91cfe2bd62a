using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Vertical;
using KubeLab.Autoscaling.Vertical.Capping;
using KubeLab.Autoscaling.Vertical.Updating;

namespace KubeLab.Tests.Autoscaling.Vertical;

/// <summary>Which pods are evicted, in which order, and how many at once.</summary>
public sealed class UpdatingTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Old = TimeSpan.FromHours(13);

    [Theory]
    [InlineData("2", "4", null, null, false, true, 1.0)]
    [InlineData("4", "2", null, null, false, false, 0.5)]
    [InlineData("4", "4", null, null, false, false, 0.0)]
    [InlineData("2", "4", "3", "5", true, true, 1.0)]
    [InlineData("8", "4", "3", "5", true, false, 0.5)]
    [InlineData("4", "5", "3", "6", false, true, 0.25)]
    [InlineData(null, "4", "3", "5", true, true, 3999.0)]
    public void The_priority_of_a_pod_is_how_far_its_requests_are_off(string? request, string target, string? lower, string? upper, bool outside, bool up, double diff)
    {
        var priority = PodPriority.Of(Pod("a", request), Recommend(target, lower, upper));
        Assert.Equal((outside, up, diff), (priority.IsOutsideRange, priority.ScalesUp, priority.ResourceDiff));
    }

    [Fact]
    public void Containers_that_admission_did_not_see_do_not_count()
    {
        var pod = Pod("a", "1");
        Assert.True(PodPriority.Of(pod, Recommend("4", "3", "5")).IsOutsideRange);
        Assert.Equal(default, PodPriority.Of(Seen(pod, "other"), Recommend("4", "3", "5")));
        Assert.True(PodPriority.Of(Seen(pod, "other, shop"), Recommend("4", "3", "5")).IsOutsideRange);
        Assert.True(PodPriority.Of(Seen(pod, "Not a name"), Recommend("4", "3", "5")).IsOutsideRange);
    }

    [Fact]
    public void Who_wants_more_goes_first_and_then_who_changes_most()
    {
        var requests = new Dictionary<string, string> { ["little"] = "3", ["much"] = "1", ["less"] = "40", ["barely"] = "3500m" };
        Assert.Equal(["much", "little", "barely", "less"], Order(requests.Select(r => Pod(r.Key, r.Value)), Recommend("4", null, null), Old));
    }

    [Theory]
    [InlineData("1", 1, true)]
    [InlineData("1", 13, true)]
    [InlineData("3500m", 1, false)]
    [InlineData("3500m", 12, true)]
    [InlineData("3900m", 13, false)]
    [InlineData("4", 13, false)]
    public void Within_the_bounds_only_pods_of_twelve_hours_go_and_only_for_a_tenth(string request, int hours, bool goes) =>
        Assert.Equal(goes ? ["a"] : [], Order([Pod("a", request)], Recommend("4", "3", "5"), TimeSpan.FromHours(hours)));

    [Fact]
    public void A_pod_that_has_not_started_stays_within_the_bounds() =>
        Assert.Empty(Order([Pod("a", "3500m") with { Status = new() }], Recommend("4", "3", "5"), Old));

    [Theory]
    [InlineData(9, "3500m", true)]
    [InlineData(11, "3500m", false)]
    [InlineData(9, "4", false)]
    public void A_kill_within_ten_minutes_is_reason_enough_when_it_changes_something(int minutes, string request, bool goes)
    {
        var pod = Pod("a", request);
        var end = new ContainerStateTerminated { Reason = "OOMKilled", StartedAt = Start, FinishedAt = Start + TimeSpan.FromMinutes(minutes) };
        pod = pod with { Status = pod.Status with { ContainerStatuses = [new() { Name = "shop", LastState = new() { Terminated = end } }] } };
        Assert.Equal(goes ? ["a"] : [], Order([pod], Recommend("4", "3", "5"), TimeSpan.FromHours(1)));
        Assert.Empty(Order([pod], Recommend("4", "3", "5"), TimeSpan.FromHours(1), new() { ResourcePolicy = new() { ContainerPolicies = [new() { ContainerName = "shop", Mode = "Off" }] } }));
        Assert.Empty(Order([Seen(pod, "other")], Recommend("4", "3", "5"), TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData("TargetHigherThanRequests", "1", true)]
    [InlineData("TargetHigherThanRequests", "8", false)]
    [InlineData("TargetLowerThanRequests", "8", true)]
    [InlineData("TargetLowerThanRequests", "1", false)]
    [InlineData("TargetLowerThanRequests", "4", false)]
    public void Requirements_keep_pods_that_would_change_the_other_way(string change, string request, bool goes)
    {
        var policy = new PodUpdatePolicy { UpdateMode = "Recreate", EvictionRequirements = [new() { Resources = ["cpu"], ChangeRequirement = change }] };
        var pod = Pod("a", request, "1Gi");
        Assert.Equal(goes, EvictionRequirements.Admit(pod, Recommend("4", null, null), policy));
        Assert.True(EvictionRequirements.Admit(Pod("a", request), Recommend("4", null, null), policy), "it requests no memory");
        Assert.True(EvictionRequirements.Admit(pod, Recommend("4", null, null), new()));
        Assert.False(EvictionRequirements.Admit(pod, new([], new Dictionary<string, IReadOnlyList<string>>()), policy));
    }

    [Theory]
    [InlineData(4, 0.5, 2)]
    [InlineData(5, 0.5, 2)]
    [InlineData(3, 0.5, 1)]
    [InlineData(2, 0.5, 1)]
    [InlineData(10, 0.1, 1)]
    [InlineData(10, 0.05, 1)]
    [InlineData(10, 0.8, 8)]
    public void As_many_go_at_once_as_the_tolerance_allows_and_one_always(int replicas, double tolerance, int gone) =>
        Assert.Equal(gone, Evict(replicas, replicas, tolerance));

    [Theory]
    [InlineData(1, 1, 2, 0)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 4, 2, 0)]
    [InlineData(3, 4, 2, 1)]
    [InlineData(3, 10, 2, 0)]
    public void Too_few_pods_are_left_alone(int live, int configured, int minReplicas, int gone) =>
        Assert.Equal(gone, Evict(live, configured, 0.5, minReplicas));

    [Fact]
    public void A_pod_that_does_not_run_may_always_go_and_an_orphan_never()
    {
        var pods = Enumerable.Range(0, 4).Select(i => Owned($"p{i}", "set")).ToList();
        pods[0] = pods[0] with { Status = pods[0].Status with { Phase = "Pending" } };
        pods.Add(Pod("orphan", "1"));
        var restriction = new EvictionRestriction(pods, Vpa(new()), _ => 6, VerticalPodAutoscalerOptions.Default);
        Assert.Equal([true, false, false, false, false], pods.Select(restriction.CanEvict));
        Assert.DoesNotContain(true, pods.Select(new EvictionRestriction(pods, Vpa(new()), _ => null, VerticalPodAutoscalerOptions.Default).CanEvict));
    }

    private static int Evict(int live, int configured, double tolerance, int minReplicas = 2)
    {
        var pods = Enumerable.Range(0, live).Select(i => Owned($"p{i}", "set")).ToList();
        var vpa = Vpa(new() { UpdatePolicy = new() { UpdateMode = "Recreate", MinReplicas = minReplicas } });
        var restriction = new EvictionRestriction(pods, vpa, _ => configured, VerticalPodAutoscalerOptions.Default with { EvictionTolerance = tolerance });
        var gone = 0;
        foreach (var pod in pods.Where(restriction.CanEvict))
        {
            restriction.Count(pod);
            gone++;
        }

        return gone;
    }

    private static IEnumerable<string> Order(IEnumerable<Pod> pods, CappedRecommendation recommendation, TimeSpan age, VerticalPodAutoscalerSpec? spec = null)
    {
        var order = new UpdateOrder(Vpa(spec ?? new()), VerticalPodAutoscalerOptions.Default, _ => recommendation);
        foreach (var pod in pods)
        {
            order.Add(pod, Start + age);
        }

        return order.Sorted().Select(p => p.Metadata.Name!);
    }

    private static Vpa Vpa(VerticalPodAutoscalerSpec spec) =>
        new(new CustomObject("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", new() { Namespace = "default", Name = "shop" }, null), spec, new());

    private static CappedRecommendation Recommend(string target, string? lower, string? upper) =>
        new([new() { ContainerName = "shop", Target = Cpu(target), LowerBound = Cpu(lower), UpperBound = Cpu(upper) }], new Dictionary<string, IReadOnlyList<string>>());

    private static ResourceList Cpu(string? amount) => amount is null ? default : ResourceList.Of(("cpu", Quantity.Parse(amount)));

    private static Pod Pod(string name, string? cpu, string? memory = null) => new()
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new() { Containers = [new() { Name = "shop", Resources = new() { Requests = memory is null ? Cpu(cpu) : Cpu(cpu).With("memory", Quantity.Parse(memory)) } }] },
        Status = new() { Phase = "Running", StartTime = Start },
    };

    private static Pod Owned(string name, string set)
    {
        var pod = Pod(name, "1");
        return pod with { Metadata = pod.Metadata with { OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = set, Controller = true }] } };
    }

    private static Pod Seen(Pod pod, string containers) =>
        pod with { Metadata = pod.Metadata with { Annotations = StringMap.Of(("vpaObservedContainers", containers)) } };
}
