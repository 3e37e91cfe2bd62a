using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Admission;

public sealed class LimitRangesTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void Containers_get_what_they_do_not_ask_for_and_the_pod_says_so()
    {
        Set(new LimitRangeItem { Type = "Container", Default = Of(("cpu", "500m"), ("memory", "512Mi")), DefaultRequest = Of(("cpu", "100m"), ("memory", "256Mi")) });
        var pod = f.Api.Create(Pod("p", requests: Of(("cpu", "200m"))));
        var resources = pod.Spec.Containers[0].Resources;
        Assert.Equal(Of(("cpu", "200m"), ("memory", "256Mi")), resources.Requests);
        Assert.Equal(Of(("cpu", "500m"), ("memory", "512Mi")), resources.Limits);
        Assert.Equal(
            "LimitRanger plugin set: memory request for container main; cpu, memory limit for container main",
            pod.Metadata.Annotations["kubernetes.io/limit-ranger"]);
    }

    [Fact]
    public void Pods_of_one_template_share_the_spec_they_are_given()
    {
        Set(new LimitRangeItem { Type = "Container", Default = Of(("cpu", "500m")) });
        var pod = Pod("a");
        var (one, two) = (f.Api.Create(pod), f.Api.Create(pod.WithMetadata(pod.Metadata with { Name = "b" })));
        Assert.Same(one.Spec.Containers[0], two.Spec.Containers[0]);
    }

    [Theory]
    [InlineData("3", "3", "maximum cpu usage per Container is 2, but limit is 3")]
    [InlineData("1", null, "maximum cpu usage per Container is 2.  No limit is specified")]
    [InlineData("50m", "1", "minimum cpu usage per Container is 100m, but request is 50m")]
    [InlineData("200m", "1", "cpu max limit to request ratio per Container is 4, but provided ratio is 5.000000")]
    public void Containers_beyond_the_bounds_are_refused(string request, string? limit, string expected)
    {
        f.Api.Create(new LimitRange
        {
            Metadata = new() { Name = "bounds", Namespace = "default" },
            Spec = new() { Limits = [new() { Type = "Container", Min = Of(("cpu", "100m")), Max = Of(("cpu", "2")), MaxLimitRequestRatio = Of(("cpu", "4")) }] },
        });
        var stored = f.Api.Get<LimitRange>("default", "bounds");
        f.Api.Update(stored with { Spec = new() { Limits = [stored.Spec.Limits[0] with { Type = "Container", Default = default, DefaultRequest = default }] } });
        var pod = Pod("p", Of(("cpu", request)), limit is null ? default : Of(("cpu", limit)));
        if (limit is null)
        {
            // The greatest is also the default, so a limit is never missing.
            Assert.Equal("2", f.Api.Create(pod with { Spec = pod.Spec }).Spec.Containers[0].Resources.Limits["cpu"]!.Value.ToString());
            return;
        }

        var refusal = ServerFixture.Refused(() => f.Api.Create(pod));
        Assert.Equal(403, refusal.Code);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_are_measured_as_a_whole_and_several_problems_are_listed()
    {
        Set(new LimitRangeItem { Type = "Pod", Max = Of(("cpu", "2"), ("memory", "1Gi")) });
        var pod = Pod("p", Of(("cpu", "1")), Of(("cpu", "1500m")));
        pod = pod with { Spec = pod.Spec with { Containers = pod.Spec.Containers.Add(pod.Spec.Containers[0] with { Name = "side" }) } };
        Assert.Equal(
            "pods \"p\" is forbidden: [maximum cpu usage per Pod is 2, but limit is 3, maximum memory usage per Pod is 1Gi.  No limit is specified]",
            ServerFixture.Refused(() => f.Api.Create(pod)).Message);
    }

    [Theory]
    [InlineData("500Mi", "minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 500Mi")]
    [InlineData("5Gi", "maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 5Gi")]
    public void Claims_have_bounds_too(string storage, string expected)
    {
        Set(new LimitRangeItem { Type = "PersistentVolumeClaim", Min = Of(("storage", "1Gi")), Max = Of(("storage", "2Gi")) });
        Assert.Equal(
            $"persistentvolumeclaims \"c\" is forbidden: {expected}",
            ServerFixture.Refused(() => f.Api.Create(new PersistentVolumeClaim
            {
                Metadata = new() { Name = "c", Namespace = "default" },
                Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = Of(("storage", storage)) } },
            })).Message);
    }

    [Fact]
    public void Other_namespaces_are_free()
    {
        Set(new LimitRangeItem { Type = "Container", Default = Of(("cpu", "500m")) });
        f.Api.Create(new Namespace { Metadata = new() { Name = "free" } });
        Assert.True(f.Api.Create(ServerFixture.Pod("p", ns: "free")).Spec.Containers[0].Resources.Limits.IsEmpty);
        f.Api.Delete<LimitRange>("default", "bounds");
        Assert.True(f.Api.Create(Pod("p")).Spec.Containers[0].Resources.Limits.IsEmpty);
    }

    private void Set(LimitRangeItem item) =>
        f.Api.Create(new LimitRange { Metadata = new() { Name = "bounds", Namespace = "default" }, Spec = new() { Limits = [item] } });

    private static ResourceList Of(params (string Name, string Amount)[] amounts) =>
        ResourceList.Of([.. amounts.Select(a => (a.Name, Quantity.Parse(a.Amount)))]);

    private static Pod Pod(string name, ResourceList requests = default, ResourceList limits = default)
    {
        var pod = ServerFixture.Pod(name);
        return pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Resources = new() { Requests = requests, Limits = limits } }] } };
    }
}
