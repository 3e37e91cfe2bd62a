using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer;
using KubeLab.ApiServer.Registry;
using KubeLab.Simulation;
using Server = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Tests.ApiServer.Registry;

/// <summary>The service by which pods find the server, and what the server tells of its companions.</summary>
public sealed class OwnServiceTests
{
    private const string Own = "10.128.0.2";
    private bool isSchedulerUp = true;

    [Fact]
    public void The_service_leads_to_the_masters()
    {
        var f = Fixture();
        Assert.Equal("10.128.0.2", f.Api.Get<Endpoints>("default", "kubernetes").Subsets[0].Addresses[0].Ip);
        var slice = f.Api.Get<EndpointSlice>("default", "kubernetes");
        Assert.Equal(("kubernetes", 6443), (slice.Metadata.Labels["kubernetes.io/service-name"], slice.Ports[0].Port));
    }

    [Fact]
    public void What_is_deleted_comes_back()
    {
        var f = Fixture();
        f.Api.Delete<Service>("default", "kubernetes");
        f.Api.Delete<Endpoints>("default", "kubernetes");
        f.Clock.RunFor(TimeSpan.FromSeconds(10));
        Assert.Equal("10.96.0.1", f.Api.Get<Service>("default", "kubernetes").Spec.ClusterIP);
        Assert.Equal([Own], Addresses(f));
    }

    [Fact]
    public void Servers_on_one_store_all_lead_there_until_they_end()
    {
        var f = Fixture();
        var second = new Server(f.Clock, new Randomness(2), f.Etcd, new ApiServerOptions { AdvertisedAddress = "10.128.0.3" });
        Assert.Equal([Own, "10.128.0.3"], Addresses(f));
        second.Shutdown();
        Assert.Equal([Own], Addresses(f));

        second.Start();
        Assert.Equal([Own, "10.128.0.3"], Addresses(f));
        second.Stop();
        f.Clock.RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal([Own, "10.128.0.3"], Addresses(f));
        f.Clock.RunFor(TimeSpan.FromSeconds(25));
        Assert.Equal([Own], Addresses(f));
        Assert.Equal([Own], f.Api.Get<EndpointSlice>("default", "kubernetes").Endpoints.SelectMany(e => e.Addresses));
    }

    [Fact]
    public void A_server_that_nobody_gave_a_machine_has_no_endpoints() =>
        Assert.Null(new ServerFixture().Api.Find<Endpoints>("default", "kubernetes"));

    [Fact]
    public void Components_are_asked_anew_at_each_reading()
    {
        var f = Fixture();
        string Health(string name) => f.Api.Get<ComponentStatus>("", name).Conditions[0] is var c ? $"{c.Status} {c.Message}" : "";
        Assert.Equal("True ok", Health("scheduler"));
        isSchedulerUp = false;
        Assert.Equal("False Get \"https://127.0.0.1:10259/healthz\": dial tcp 127.0.0.1:10259: connect: connection refused", Health("scheduler"));
        Assert.Equal(["scheduler", "etcd-0"], f.Api.List<ComponentStatus>().Select(c => c.Metadata.Name));
        Assert.Equal("Component not found: nobody", ServerFixture.Refused(() => f.Api.Get<ComponentStatus>("", "nobody")).Message);
    }

    [Fact]
    public void Components_can_only_be_read()
    {
        var rig = new FrontRig();
        Assert.Equal(405, rig.Json("POST", "/api/v1/componentstatuses", """{"metadata": {"name": "x"}}""").Code);
        Assert.Equal(405, rig.Json("DELETE", "/api/v1/componentstatuses/etcd-0").Code);
        Assert.Equal(405, rig.Json("GET", "/api/v1/componentstatuses?watch=true").Code);
        Assert.Equal(["v1 ComponentStatus is deprecated in v1.19+"], rig.Send("GET", "/api/v1/componentstatuses").Warnings);
    }

    private static IEnumerable<string?> Addresses(ServerFixture f) => f.Api.Get<Endpoints>("default", "kubernetes").Subsets[0].Addresses.Select(a => a.Ip);

    private ServerFixture Fixture() => new(new ApiServerOptions
    {
        AdvertisedAddress = Own,
        Components = () => [ComponentHealth.OnPort("scheduler", 10259, isSchedulerUp)],
    });
}
