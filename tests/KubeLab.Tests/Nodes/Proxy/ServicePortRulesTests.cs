using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Nodes.Proxy;

namespace KubeLab.Tests.Nodes.Proxy;

public sealed class ServicePortRulesTests
{
    [Fact]
    public void A_port_leads_to_the_slices_port_of_its_name_in_slices_order_and_each_address_once()
    {
        var service = Service(new ServiceSpec
        {
            ClusterIP = "10.96.0.7",
            Ports = [new ServicePort { Name = "http", Port = 80 }, new ServicePort { Name = "admin", Port = 81 }, new ServicePort { Name = "dns", Port = 53, Protocol = "UDP" }],
        });
        EndpointSlice[] slices =
        [
            Slice("shop-b", [new EndpointPort { Name = "http", Port = 8080 }], "10.0.0.2", "10.0.0.1"),
            Slice("shop-a", [new EndpointPort { Name = "http", Port = 8080 }, new EndpointPort { Name = "admin", Port = 9000 }, new EndpointPort { Name = "dns", Port = 5353 }], "10.0.0.1"),
        ];
        Assert.Equal(
            ["80: 10.0.0.1:8080 10.0.0.2:8080", "81: 10.0.0.1:9000", "53: "],
            ServicePortRules.Of(service, slices).Select(r => $"{r.Port}: {string.Join(' ', r.Endpoints.Select(e => $"{e.Address}:{e.Port}"))}"));
    }

    [Theory]
    // Absent means ready, serving as ready, and not terminating.
    [InlineData(null, null, null, true, true, false)]
    [InlineData(false, null, null, false, false, false)]
    [InlineData(false, true, true, false, true, true)]
    public void Conditions_have_their_defaults(bool? ready, bool? serving, bool? terminating, bool isReady, bool isServing, bool isTerminating)
    {
        var slice = Slice("a", [new EndpointPort { Name = "", Port = 8080 }], "10.0.0.1");
        slice = slice with { Endpoints = [slice.Endpoints[0] with { Conditions = new() { Ready = ready, Serving = serving, Terminating = terminating } }] };
        var endpoint = ServicePortRules.Of(Service(new ServiceSpec { ClusterIP = "10.96.0.7", Ports = [new ServicePort { Port = 80 }] }), [slice])[0].Endpoints[0];
        Assert.Equal((isReady, isServing, isTerminating), (endpoint.IsReady, endpoint.IsServing, endpoint.IsTerminating));
    }

    [Theory]
    [InlineData("ClusterIP", "10.96.0.7", true)]
    [InlineData("ClusterIP", "None", true)]
    [InlineData("ClusterIP", "", false)]
    [InlineData("ExternalName", "", false)]
    public void Some_services_are_no_proxys_business(string type, string ip, bool concerns) =>
        Assert.Equal(concerns, ServicePortRules.Concerns(Service(new ServiceSpec { Type = type, ClusterIP = ip })));

    [Fact]
    public void A_service_that_names_another_proxy_is_left_to_it()
    {
        var service = Service(new ServiceSpec { ClusterIP = "10.96.0.7" });
        service = service with { Metadata = service.Metadata with { Labels = StringMap.From(new Dictionary<string, string> { ["service.kubernetes.io/service-proxy-name"] = "mine" }) } };
        Assert.False(ServicePortRules.Concerns(service));
    }

    [Theory]
    // The policy for traffic from outside counts for the types that have any, and node ports too.
    [InlineData("ClusterIP", "Local", 0, false)]
    [InlineData("NodePort", "Local", 30080, true)]
    [InlineData("LoadBalancer", "Local", 30080, true)]
    [InlineData("LoadBalancer", "Cluster", 30080, false)]
    public void What_comes_from_outside(string type, string policy, int nodePort, bool isLocal)
    {
        var rule = ServicePortRules.Of(
            Service(new ServiceSpec { Type = type, ClusterIP = "10.96.0.7", ExternalTrafficPolicy = policy, Ports = [new ServicePort { Port = 80, NodePort = 30080 }] }), [])[0];
        Assert.Equal((nodePort, isLocal), (rule.NodePort, rule.IsExternalLocal));
    }

    [Fact]
    public void Affinity_lasts_three_hours_unless_it_is_said()
    {
        var spec = new ServiceSpec { ClusterIP = "10.96.0.7", SessionAffinity = "ClientIP", Ports = [new ServicePort { Port = 80 }] };
        Assert.Equal(TimeSpan.FromHours(3), ServicePortRules.Of(Service(spec), [])[0].Affinity);
        spec = spec with { SessionAffinityConfig = new OpaqueObject().With("clientIP", System.Text.Json.JsonDocument.Parse("""{"timeoutSeconds": 60}""").RootElement) };
        Assert.Equal(TimeSpan.FromMinutes(1), ServicePortRules.Of(Service(spec), [])[0].Affinity);
        Assert.Null(ServicePortRules.Of(Service(spec with { SessionAffinity = "None" }), [])[0].Affinity);
    }

    private static Service Service(ServiceSpec spec) => new() { Metadata = new() { Name = "shop", Namespace = "default" }, Spec = spec };

    private static EndpointSlice Slice(string name, ValueList<EndpointPort> ports, params string[] addresses) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        AddressType = "IPv4",
        Ports = ports,
        Endpoints = addresses.Select(a => new Endpoint { Addresses = [a] }).ToValueList(),
    };
}
