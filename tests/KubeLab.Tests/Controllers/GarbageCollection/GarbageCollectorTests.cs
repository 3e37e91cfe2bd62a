using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.Owning;

namespace KubeLab.Tests.Controllers.GarbageCollection;

public sealed class GarbageCollectorTests
{
    private readonly ControllerLab lab = new("worker-1");

    [Fact]
    public void Deleting_in_the_background_takes_the_owner_first()
    {
        lab.Deploy(2);
        lab.Run(10);
        lab.Api.Delete<Deployment>("default", "web", new DeleteOptions { PropagationPolicy = "Background" });
        Assert.Null(lab.Api.Find<Deployment>("default", "web"));
        lab.Run(5);
        Assert.Empty(lab.Sets);
        Assert.Empty(lab.Pods);
    }

    [Fact]
    public void Deleting_in_the_foreground_takes_the_owner_last()
    {
        lab.ShutDown = TimeSpan.FromSeconds(5);
        lab.Deploy(2);
        lab.Run(10);
        lab.Api.Delete<Deployment>("default", "web", new DeleteOptions { PropagationPolicy = "Foreground" });
        lab.Run(4);
        Assert.NotNull(lab.Web.Metadata.DeletionTimestamp);
        Assert.NotNull(Assert.Single(lab.Sets).Metadata.DeletionTimestamp);
        Assert.Equal(2, lab.Pods.Count);
        lab.Run(4);
        Assert.Empty(lab.Pods);
        Assert.Empty(lab.Sets);
        Assert.Null(lab.Api.Find<Deployment>("default", "web"));
    }

    [Fact]
    public void Orphans_stay_and_are_adopted_by_the_next_owner()
    {
        lab.Deploy(2);
        lab.Run(10);
        var (set, pods) = (lab.Sets[0].Metadata.Uid, lab.Pods.Select(p => p.Metadata.Name).ToList());
        lab.Api.Delete<Deployment>("default", "web", new DeleteOptions { PropagationPolicy = "Orphan" });
        lab.Run(5);
        Assert.Null(lab.Api.Find<Deployment>("default", "web"));
        Assert.Empty(Assert.Single(lab.Sets).Metadata.OwnerReferences);
        Assert.Equal(pods, lab.Pods.Select(p => p.Metadata.Name));

        lab.Deploy(2);
        lab.Run(5);
        Assert.Equal((set, lab.Web.Metadata.Uid), (Assert.Single(lab.Sets).Metadata.Uid, Ownership.ControllerUidOf(lab.Sets[0].Metadata)));
        Assert.Equal(pods, lab.Pods.Select(p => p.Metadata.Name));
    }

    [Fact]
    public void An_owner_that_never_existed_or_lives_elsewhere_is_absent()
    {
        var owner = lab.Api.Create(new ConfigMap { Metadata = new() { Name = "owner", Namespace = "kube-system" } });
        Create("right", "kube-system", owner.Metadata.Uid!);
        Create("elsewhere", "default", owner.Metadata.Uid!);
        Create("nobody", "default", "00000000-0000-4000-8000-000000000000");
        lab.Run(1);
        Assert.NotNull(lab.Api.Find<ConfigMap>("kube-system", "right"));
        Assert.Null(lab.Api.Find<ConfigMap>("default", "elsewhere"));
        Assert.Null(lab.Api.Find<ConfigMap>("default", "nobody"));
    }

    [Fact]
    public void One_solid_owner_is_enough_and_the_others_are_unlinked()
    {
        var (first, second) = (
            lab.Api.Create(new ConfigMap { Metadata = new() { Name = "first", Namespace = "default" } }),
            lab.Api.Create(new ConfigMap { Metadata = new() { Name = "second", Namespace = "default" } }));
        lab.Api.Create(new ConfigMap
        {
            Metadata = new() { Name = "child", Namespace = "default", OwnerReferences = [Reference("first", first.Metadata.Uid!), Reference("second", second.Metadata.Uid!)] },
        });
        lab.Run(1);
        lab.Api.Delete<ConfigMap>("default", "first");
        lab.Run(1);
        Assert.Equal(["second"], lab.Api.Get<ConfigMap>("default", "child").Metadata.OwnerReferences.Select(o => o.Name));
        lab.Api.Delete<ConfigMap>("default", "second");
        lab.Run(1);
        Assert.Null(lab.Api.Find<ConfigMap>("default", "child"));
    }

    [Fact]
    public void A_circle_of_owners_does_not_wait_for_ever()
    {
        var first = lab.Api.Create(new ConfigMap { Metadata = new() { Name = "first", Namespace = "default" } });
        var second = lab.Api.Create(new ConfigMap
        {
            Metadata = new() { Name = "second", Namespace = "default", OwnerReferences = [Reference("first", first.Metadata.Uid!)] },
        });
        lab.Api.Update(first with { Metadata = first.Metadata with { OwnerReferences = [Reference("second", second.Metadata.Uid!)] } });
        lab.Run(1);
        lab.Api.Delete<ConfigMap>("default", "first", new DeleteOptions { PropagationPolicy = "Foreground" });
        lab.Run(5);
        Assert.Null(lab.Api.Find<ConfigMap>("default", "first"));
        Assert.Null(lab.Api.Find<ConfigMap>("default", "second"));
    }

    private static OwnerReference Reference(string name, string uid) =>
        new() { ApiVersion = "v1", Kind = "ConfigMap", Name = name, Uid = uid, BlockOwnerDeletion = true };

    private void Create(string name, string ns, string owner) => lab.Api.Create(new ConfigMap
    {
        Metadata = new() { Name = name, Namespace = ns, OwnerReferences = [Reference("owner", owner)] },
    });
}
