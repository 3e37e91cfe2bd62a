using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Vertical;
using KubeLab.Autoscaling.Vertical.Admission;
using KubeLab.Autoscaling.Vertical.Capping;
using CappingPolicies = KubeLab.Autoscaling.Vertical.Capping.Policies;

namespace KubeLab.Tests.Autoscaling.Vertical;

/// <summary>How a recommendation is fitted to one pod, and what the pod then gets.</summary>
public sealed class CappingTests
{
    [Theory]
    [InlineData("cpu", "10", "1", "2", "0", "20")]
    [InlineData("cpu", "10", "0", "2", "0", "2")]
    [InlineData("cpu", "2", "2", "5", "0", "5")]
    [InlineData("cpu", "0", "1", "2", "0", null)]
    [InlineData("cpu", "0", "1", "2", "3", "6")]
    [InlineData("cpu", "10", "1", "0", "0", null)]
    [InlineData("cpu", "500m", "300m", "100m", "0", "166m")]
    [InlineData("memory", "10M", "3M", "1M", "0", "3333333")]
    public void A_limit_stays_to_its_request_as_it_was(string resource, string limit, string request, string recommended, string @default, string? expected) =>
        Assert.Equal(expected, Proportion.Limit(resource, Q(limit), Q(request), Q(recommended), Q(@default)).Limit?.ToString());

    [Fact]
    public void A_limit_beyond_all_numbers_is_held_and_noted()
    {
        var (limit, remark) = Proportion.Limit("memory", Q("1000000000"), Q("1"), Q("10000000000000000000000"), Quantity.Zero);
        Assert.Equal(long.MaxValue, limit!.Value.Value);
        Assert.Equal("memory: failed to keep limit to request ratio; capping limit to int64", remark);
        Assert.Equal("cpu: limit NOT set since originalLimit is nil or 0", Proportion.Limits(L(null, "2Gi"), L("1", "1Gi"), L("2", "2Gi"), default).Remarks.Single());
        Assert.Empty(Proportion.Limits(default, L("1", "1Gi"), L("2", "2Gi"), default).Remarks);
    }

    [Theory]
    [InlineData("1", "2", "10", "0", "5")]
    [InlineData("0", "2", "10", "0", "10")]
    [InlineData("1", "0", "10", "0", "0")]
    [InlineData("1", "0", "10", "4", "2500m")]
    public void A_request_may_grow_until_its_limit_reaches_the_bound(string request, string limit, string bound, string @default, string expected) =>
        Assert.Equal(expected, Proportion.Request("cpu", Q(request), Q(limit), Q(bound), Q(@default)).ToString());

    [Fact]
    public void A_policy_for_the_container_comes_before_the_one_for_all()
    {
        var policy = new PodResourcePolicy { ContainerPolicies = [new() { ContainerName = "*", Mode = "Off" }, new() { ContainerName = "a", Mode = "Auto" }] };
        Assert.Equal((false, true), (CappingPolicies.IsOff("a", policy), CappingPolicies.IsOff("b", policy)));
        Assert.Null(CappingPolicies.Of("a", null));
    }

    [Fact]
    public void What_a_policy_changes_is_noted_for_the_target_alone()
    {
        var vpa = Vpa([Said("a", "4", "4Gi", lower: "1", upper: "9")], new() { ContainerName = "a", MinAllowed = L("2", "8Gi"), MaxAllowed = L("3", null) });
        var capped = CappedRecommendation.Of(vpa, Pod(("a", L("1", "1Gi"), default)), null, null)!;
        Assert.Equal(("3", "8Gi", "2", "3"), (Text(capped.Containers[0].Target, "cpu"), Text(capped.Containers[0].Target, "memory"), Text(capped.Containers[0].LowerBound, "cpu"), Text(capped.Containers[0].UpperBound, "cpu")));
        Assert.Equal(["cpu capped to maxAllowed", "memory capped to minAllowed"], capped.Remarks["a"]);
    }

    [Fact]
    public void Limits_that_stay_bound_requests()
    {
        var vpa = Vpa([Said("a", "4", "4Gi")], new() { ContainerName = "a", ControlledValues = "RequestsOnly" });
        var pod = Pod(("a", L("1", "1Gi"), L("2", "8Gi")));
        var capped = CappedRecommendation.Of(vpa, pod, null, null)!;
        Assert.Equal(("2", "4Gi"), (Text(capped.Containers[0].Target, "cpu"), Text(capped.Containers[0].Target, "memory")));
        Assert.Equal(["cpu capped to container limit"], capped.Remarks["a"]);

        var (spec, note) = PodChanges.Of(vpa, pod, null, null);
        Assert.Equal(L("2", "8Gi"), spec.Containers[0].Resources.Limits);
        Assert.Equal("Pod resources updated by shop: container 0: cpu capped to container limit, cpu request, memory request", note);
    }

    [Fact]
    public void Both_request_and_limit_must_fit_the_limit_range()
    {
        var vpa = Vpa([Said("a", "4", "256Mi")], null);
        var bounds = new LimitRangeItem { Type = "Container", Max = L("4", "8Gi"), Min = L(null, "512Mi") };
        var capped = CappedRecommendation.Of(vpa, Pod(("a", L("1", "1Gi"), L("2", "2Gi"))), bounds, null)!;
        Assert.Equal(("2", "512Mi"), (Text(capped.Containers[0].Target, "cpu"), Text(capped.Containers[0].Target, "memory")));
        Assert.Equal(["cpu capped to fit Max in container LimitRange", "memory capped to fit Min in container LimitRange"], capped.Remarks["a"]);
    }

    [Theory]
    [InlineData("1", "1", "0", "4", "1", "1")]
    [InlineData("1", "1", "0", "1", "500m", "500m")]
    [InlineData("1", "3", "0", "2", "500m", "1500m")]
    [InlineData("1", "1", "8", "0", "4", "4")]
    [InlineData("1", "3", "8", "0", "2", "6")]
    public void A_pod_s_containers_shrink_and_grow_together(string first, string second, string min, string max, string firstFits, string secondFits)
    {
        var vpa = Vpa([Said("a", first, "1Gi"), Said("b", second, "1Gi")], null);
        var pod = Pod(("a", L("1", null), L("1", null)), ("b", L("1", null), L("1", null)));
        var bounds = new LimitRangeItem { Type = "Pod", Min = L(min, null), Max = L(max, null) };
        var fitted = CappedRecommendation.Of(vpa, pod, null, bounds)!.Containers;
        Assert.Equal((firstFits, secondFits), (Text(fitted[0].Target, "cpu"), Text(fitted[1].Target, "cpu")));
    }

    [Fact]
    public void Without_a_limit_a_pod_s_bounds_do_not_bind_and_without_anything_there_is_nothing_to_do()
    {
        var bounds = new LimitRangeItem { Type = "Pod", Min = L("8", null) };
        Assert.Equal("1", Text(CappedRecommendation.Of(Vpa([Said("a", "1", "1Gi")], null), Pod(("a", L("1", null), default)), null, bounds)!.Containers[0].Target, "cpu"));
        Assert.Null(CappedRecommendation.Of(Vpa(null, null), Pod(("a", default, default)), null, null));
        Assert.Empty(CappedRecommendation.Of(Vpa([Said("gone", "1", "1Gi")], null), Pod(("a", default, default)), null, null)!.Containers);
    }

    [Fact]
    public void A_container_without_resources_is_noted_although_nothing_was_changed()
    {
        var (spec, note) = PodChanges.Of(Vpa(null, null), Pod(("a", default, default), ("b", L("1", null), default)), null, null);
        Assert.Equal("Pod resources updated by shop: container 0: ", note);
        Assert.True(spec.Containers[0].Resources.Requests.IsEmpty);
        Assert.Null(PodChanges.Of(Vpa(null, null), Pod(("a", L("1", null), default)), null, null).Note);
    }

    private static Vpa Vpa(RecommendedContainerResources[]? said, ContainerResourcePolicy? policy) => new(
        new CustomObject("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", new() { Namespace = "default", Name = "shop" }, null),
        new() { ResourcePolicy = policy is null ? null : new() { ContainerPolicies = [policy] } },
        new() { Recommendation = said is null ? null : new() { ContainerRecommendations = said.ToValueList() } });

    private static RecommendedContainerResources Said(string container, string cpu, string memory, string? lower = null, string? upper = null) =>
        new() { ContainerName = container, Target = L(cpu, memory), LowerBound = L(lower, null), UpperBound = L(upper, null) };

    private static Pod Pod(params (string Name, ResourceList Requests, ResourceList Limits)[] containers) => new()
    {
        Metadata = new() { Namespace = "default", Name = "p" },
        Spec = new() { Containers = containers.Select(c => new Container { Name = c.Name, Resources = new() { Requests = c.Requests, Limits = c.Limits } }).ToValueList() },
    };

    private static string? Text(ResourceList list, string resource) => list[resource]?.ToString();

    private static ResourceList L(string? cpu, string? memory)
    {
        var list = cpu is null ? default : ResourceList.Of(("cpu", Q(cpu)));
        return memory is null ? list : list.With("memory", Q(memory));
    }

    private static Quantity Q(string text) => Quantity.Parse(text);
}
