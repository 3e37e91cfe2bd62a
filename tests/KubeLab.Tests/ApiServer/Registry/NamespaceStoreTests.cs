using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Registry;

public sealed class NamespaceStoreTests
{
    private readonly ServerFixture f = new();

    public NamespaceStoreTests() => f.Api.Create(new Namespace { Metadata = new() { Name = "team" } });

    [Fact]
    public void A_namespace_begins_active_and_with_a_finalizer()
    {
        var ns = f.Api.Get<Namespace>("", "team");
        Assert.Equal("Active", ns.Status!.Phase);
        Assert.Equal(["kubernetes"], ns.Spec!.Finalizers);
    }

    [Fact]
    public void It_goes_when_its_contents_are_gone_and_takes_no_new_ones_meanwhile()
    {
        var going = f.Api.Delete<Namespace>("", "team")!;
        Assert.Equal("Terminating", going.Status!.Phase);

        var status = ServerFixture.Refused(() => f.Api.Create(ServerFixture.Pod("web", "team")));
        Assert.Equal((403, "Forbidden"), (status.Code, status.Reason));
        Assert.Equal("pods \"web\" is forbidden: unable to create new content in namespace team because it is being terminated", status.Message);
        var cause = Assert.Single(status.Details!.Causes);
        Assert.Equal(("NamespaceTerminating", "namespace team is being terminated", "metadata.namespace"), (cause.Reason, cause.Message, cause.Field));

        f.Api.Update(going with { Spec = new() }, new WriteOptions { Subresource = "finalize" });
        Assert.Null(f.Api.Find<Namespace>("", "team"));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("kube-system")]
    [InlineData("kube-public")]
    public void A_cluster_cannot_be_without_three_namespaces(string name)
    {
        var status = ServerFixture.Refused(() => f.Api.Delete<Namespace>("", name));
        Assert.Equal((403, "Forbidden", $"namespaces \"{name}\" is forbidden: this namespace may not be deleted"), (status.Code, status.Reason, status.Message));
        Assert.Equal("Active", f.Api.Get<Namespace>("", name).Status!.Phase);
    }

    [Fact]
    public void The_namespace_of_node_leases_may_go() => Assert.Equal("Terminating", f.Api.Delete<Namespace>("", "kube-node-lease")!.Status!.Phase);
}
