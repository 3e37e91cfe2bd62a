using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Registry;

public sealed class ServiceStoreTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void Each_service_gets_an_address_of_its_own()
    {
        var addresses = Enumerable.Range(0, 40).Select(i => f.Api.Create(Service($"s{i}")).Spec.ClusterIP!).ToList();

        Assert.Equal(40, addresses.Distinct().Count());
        Assert.All(addresses, a => Assert.Matches(@"^10\.(9[6-9]|10\d|11[01])\.\d+\.\d+$", a));
        Assert.Equal(addresses[3], Assert.Single(f.Api.Get<Service>("default", "s3").Spec.ClusterIPs));
    }

    [Fact]
    public void An_address_may_be_asked_for_once()
    {
        Assert.Equal("10.96.0.10", f.Api.Create(Service("dns", s => s with { ClusterIP = "10.96.0.10" })).Spec.ClusterIP);

        var taken = ServerFixture.Refused(() => f.Api.Create(Service("other", s => s with { ClusterIP = "10.96.0.10" })));
        Assert.Equal(
            "Service \"other\" is invalid: spec.clusterIPs: Invalid value: []string{\"10.96.0.10\"}: failed to allocate IP 10.96.0.10: provided IP is already allocated",
            taken.Message);
        var outside = ServerFixture.Refused(() => f.Api.Create(Service("other", s => s with { ClusterIP = "192.168.0.1" })));
        Assert.EndsWith(
            "failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/12",
            outside.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_free_again_when_its_service_is_gone()
    {
        f.Api.Create(Service("dns", s => s with { ClusterIP = "10.96.0.10" }));
        f.Api.Delete<Service>("default", "dns");
        Assert.Equal("10.96.0.10", f.Api.Create(Service("dns2", s => s with { ClusterIP = "10.96.0.10" })).Spec.ClusterIP);
    }

    [Fact]
    public void A_service_keeps_its_address_and_node_ports_when_it_is_replaced_without_them()
    {
        var before = f.Api.Create(Service("web", s => s with { Type = "NodePort" }));
        var port = before.Spec.Ports[0].NodePort;
        Assert.InRange(port!.Value, 30000, 32767);

        var after = f.Api.Update(Service("web", s => s with { Type = "NodePort", PublishNotReadyAddresses = true }));

        Assert.Equal((before.Spec.ClusterIP, port), (after.Spec.ClusterIP, after.Spec.Ports[0].NodePort));
        Assert.Null(f.Api.Update(Service("web", s => s with { Type = "ClusterIP" })).Spec.Ports[0].NodePort);
    }

    [Fact]
    public void A_node_port_is_given_once_and_from_its_range()
    {
        f.Api.Create(Service("a", s => Ports(s, 30080)));

        Assert.Contains(
            "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated",
            ServerFixture.Refused(() => f.Api.Create(Service("b", s => Ports(s, 30080)))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767",
            ServerFixture.Refused(() => f.Api.Create(Service("b", s => Ports(s, 80)))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_headless_service_has_no_address() =>
        Assert.Equal(["None"], f.Api.Create(Service("db", s => s with { ClusterIP = "None" })).Spec.ClusterIPs);

    private static ServiceSpec Ports(ServiceSpec spec, int nodePort) =>
        spec with { Type = "NodePort", Ports = [spec.Ports[0] with { NodePort = nodePort }] };

    private static Service Service(string name, Func<ServiceSpec, ServiceSpec>? change = null)
    {
        var spec = new ServiceSpec { Type = "ClusterIP", Ports = [new() { Port = 80, Protocol = "TCP", TargetPort = 80 }], Selector = KubeLab.Api.StringMap.Of(("a", "b")) };
        return new() { Metadata = new() { Name = name, Namespace = "default" }, Spec = change is null ? spec : change(spec) };
    }
}
