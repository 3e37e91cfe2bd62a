using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Controllers.Namespaces;

public sealed class NamespaceReconcilerTests
{
    private readonly ControllerLab lab = new("worker-1");

    [Fact]
    public void A_namespace_goes_after_its_pods_and_then_all_else()
    {
        lab.ShutDown = TimeSpan.FromSeconds(5);
        lab.Api.Create(new Namespace { Metadata = new() { Name = "team" } });
        lab.Api.Create(new ConfigMap { Metadata = new() { Name = "settings", Namespace = "team" } });
        lab.Api.Create(new Pod
        {
            Metadata = new() { Name = "pod", Namespace = "team" },
            Spec = new() { Containers = [new Container { Name = "c", Image = "web:1" }], TerminationGracePeriodSeconds = 10 },
        });
        lab.Run(5);

        lab.Api.Delete<Namespace>("", "team");
        lab.Run(1);
        var going = lab.Api.Get<Namespace>("", "team");
        Assert.Equal("Terminating", going.Status!.Phase);
        Assert.Equal(
            "Some resources are remaining: pods. has 1 resource instances",
            going.Status.Conditions.Find(c => c.Type == "NamespaceContentRemaining")!.Message);
        Assert.NotNull(lab.Api.Find<ConfigMap>("team", "settings"));

        lab.Run(15);
        Assert.Null(lab.Api.Find<Namespace>("", "team"));
        Assert.Null(lab.Api.Find<ConfigMap>("team", "settings"));
    }

    [Fact]
    public void A_finalizer_holds_its_namespace_and_is_named()
    {
        lab.Api.Create(new Namespace { Metadata = new() { Name = "team" } });
        var held = lab.Api.Create(new ConfigMap { Metadata = new() { Name = "held", Namespace = "team", Finalizers = ["example.com/wait"] } });
        lab.Run(1);
        lab.Api.Delete<Namespace>("", "team");
        lab.Run(20);
        var status = lab.Api.Get<Namespace>("", "team").Status!;
        Assert.Equal(
            "Some content in the namespace has finalizers remaining: example.com/wait in 1 resource instances",
            status.Conditions.Find(c => c.Type == "NamespaceFinalizersRemaining")!.Message);
        held = lab.Api.Get<ConfigMap>("team", "held");
        lab.Api.Update(held with { Metadata = held.Metadata with { Finalizers = [] } });
        lab.Run(20);
        Assert.Null(lab.Api.Find<Namespace>("", "team"));
    }
}
