using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Controllers.CloudServices;

namespace KubeLab.Tests.Controllers.CloudServices;

/// <summary>The rules by which a cloud controller manager makes and deletes load balancers.</summary>
public sealed class LoadBalancerWishTests
{
    [Theory]
    [InlineData("LoadBalancer", null, true)]
    [InlineData("LoadBalancer", "example.com/mine", false)]
    [InlineData("ClusterIP", null, false)]
    [InlineData("NodePort", null, false)]
    [InlineData("ExternalName", null, false)]
    public void Only_services_of_that_type_and_without_a_class_of_their_own_get_one(string type, string? loadBalancerClass, bool wants) =>
        Assert.Equal(wants, LoadBalancerWish.Wants(Of(type, loadBalancerClass)));

    [Theory]
    [InlineData("LoadBalancer", true, true, true)]
    [InlineData("LoadBalancer", true, false, false)]
    [InlineData("ClusterIP", true, false, true)]
    [InlineData("ClusterIP", false, false, false)]
    [InlineData("LoadBalancer", false, true, false)]
    public void It_goes_when_its_service_goes_or_becomes_something_else(string type, bool hasFinalizer, bool isDeleted, bool cleanup)
    {
        var service = Of(type);
        service = service.WithMetadata(service.Metadata with
        {
            Finalizers = hasFinalizer ? [LoadBalancerWish.Finalizer] : default,
            DeletionTimestamp = isDeleted ? new Timestamp(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) : null,
        });
        Assert.Equal(cleanup, LoadBalancerWish.NeedsCleanup(service));
    }

    [Fact]
    public void Its_name_is_the_uid_without_hyphens_cut_to_32_letters() =>
        Assert.Equal("a0123456789abcdef0123456789abcde", LoadBalancerWish.NameOf(Of("LoadBalancer")));

    [Fact]
    public void Changes_of_ports_and_address_concern_the_cloud_and_changes_of_the_selector_do_not()
    {
        var old = Of("LoadBalancer");
        Assert.False(LoadBalancerWish.NeedsUpdate(old, old with { Spec = old.Spec with { Selector = StringMap.From([new("app", "b")]) } }));
        Assert.True(LoadBalancerWish.NeedsUpdate(old, old with { Spec = old.Spec with { Ports = [new ServicePort { Port = 81 }] } }));
        Assert.True(LoadBalancerWish.NeedsUpdate(old, old with { Spec = old.Spec with { LoadBalancerIP = "203.0.113.7" } }));
        Assert.True(LoadBalancerWish.NeedsUpdate(old, old with { Spec = old.Spec with { Type = "ClusterIP" } }));
        Assert.False(LoadBalancerWish.NeedsUpdate(Of("ClusterIP"), Of("NodePort")));
    }

    [Fact]
    public void Nodes_that_are_excluded_unknown_to_the_cloud_or_about_to_go_are_left_out()
    {
        var node = new Node { Metadata = new() { Name = "n" }, Spec = new() { ProviderID = "gce://lab/z/n" } };
        Assert.True(LoadBalancerWish.MayUse(node));
        Assert.False(LoadBalancerWish.MayUse(node with { Spec = new() }));
        Assert.False(LoadBalancerWish.MayUse(node with { Spec = node.Spec with { Taints = [new Taint { Key = LoadBalancerWish.ToBeDeletedTaint, Effect = "NoSchedule" }] } }));
        Assert.False(LoadBalancerWish.MayUse(node.WithMetadata(node.Metadata with { Labels = StringMap.From([new(LoadBalancerWish.ExcludedLabel, "")]) })));
    }

    private static Service Of(string type, string? loadBalancerClass = null) => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "default", Uid = "01234567-89ab-cdef-0123-456789abcdef" },
        Spec = new ServiceSpec { Type = type, LoadBalancerClass = loadBalancerClass, Ports = [new ServicePort { Port = 80 }] },
    };
}
