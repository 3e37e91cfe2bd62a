using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Verbs;
using KubeLab.Nodes;
using KubeLab.Nodes.Proxy;

namespace KubeLab.Tests.Nodes.Proxy;

public sealed class KubeProxyTests
{
    private static readonly ObjectKey Shop = new("default", "shop");

    [Fact]
    public void A_healthy_proxy_follows_services_and_slices()
    {
        var (lab, node) = Open();
        Create(lab, "shop", "10.0.0.1");
        Assert.Equal("10.0.0.1", Endpoints(lab, node));
        var slice = lab.Api.Get<EndpointSlice>("default", "shop-x");
        lab.Api.Update(slice with { Endpoints = [.. slice.Endpoints, new Endpoint { Addresses = ["10.0.0.2"] }] });
        Assert.Equal("10.0.0.1 10.0.0.2", Endpoints(lab, node));
        lab.Api.Delete<EndpointSlice>("default", "shop-x");
        Assert.Equal("", Endpoints(lab, node));
        lab.Api.Delete<Service>("default", "shop");
        lab.RunFor(1);
        Assert.Empty(node.Proxy!.Rules.PortsOf(Shop));
    }

    [Theory]
    [InlineData("stopped")]
    [InlineData("cut off")]
    [InlineData("without a server")]
    public void Rules_stay_as_they_were_while_nothing_is_heard_and_are_made_up_afterwards(string how)
    {
        var (lab, node) = Open();
        Create(lab, "shop", "10.0.0.1");
        Assert.Equal("10.0.0.1", Endpoints(lab, node));
        switch (how)
        {
            case "stopped":
                node.Proxy!.Stop();
                break;
            case "cut off":
                node.CutNetwork();
                break;
            default:
                lab.Server.Stop();
                break;
        }

        if (how != "without a server")
        {
            lab.Api.Delete<EndpointSlice>("default", "shop-x");
            Create(lab, "new", "10.0.0.9");
        }

        lab.RunFor(60);
        Assert.Equal("10.0.0.1", Endpoints(lab, node));
        Assert.Empty(node.Proxy!.Rules.PortsOf(new ObjectKey("default", "new")));

        node.Proxy!.Start();
        node.RestoreNetwork();
        lab.Server.Start();
        if (how == "without a server")
        {
            lab.Api.Delete<EndpointSlice>("default", "shop-x");
            Create(lab, "new", "10.0.0.9");
        }

        lab.RunFor(40);
        Assert.Equal("", Endpoints(lab, node));
        Assert.Single(node.Proxy.Rules.PortsOf(new ObjectKey("default", "new")));
    }

    [Fact]
    public void A_machine_that_lost_power_has_no_rules_until_its_proxy_has_heard_from_the_server()
    {
        var (lab, node) = Open();
        Create(lab, "shop", "10.0.0.1");
        node.PowerOff();
        Assert.Equal(0, node.Proxy!.Rules.Count);
        lab.Server.Stop();
        node.PowerOn();
        lab.RunFor(60);
        Assert.Equal(0, node.Proxy.Rules.Count);
        lab.Server.Start();
        lab.RunFor(40);
        Assert.Equal("10.0.0.1", Endpoints(lab, node));
    }

    [Fact]
    public void A_service_that_was_made_again_has_another_address_which_old_rules_do_not_know()
    {
        var (lab, node) = Open();
        Create(lab, "shop", "10.0.0.1");
        lab.RunFor(1);
        var address = lab.Api.Get<Service>("default", "shop").Spec.ClusterIP!;
        node.Proxy!.Stop();
        lab.Api.Delete<Service>("default", "shop");
        lab.Api.Create(ServiceOf("shop"));
        lab.RunFor(1);
        var again = lab.Api.Get<Service>("default", "shop").Spec.ClusterIP!;
        Assert.NotEqual(address, again);
        Assert.NotNull(node.Proxy.Rules.Find(Shop, address, 80));
        Assert.Null(node.Proxy.Rules.Find(Shop, again, 80));
        node.Proxy.Start();
        Assert.NotNull(node.Proxy.Rules.Find(Shop, again, 80));
    }

    [Fact]
    public void Five_hundred_nodes_watch_as_often_as_one()
    {
        var lab = new NodeLab();
        var shared = new SharedRules(lab.Server.ConnectAs("system:kube-proxy"), lab.Clock);
        shared.Start();
        var proxies = Enumerable.Range(1, 500).Select(i => new KubeProxy($"node-{i}", null, shared)).ToList();
        proxies.ForEach(p => p.Start());
        Create(lab, "shop", "10.0.0.1");
        lab.RunFor(1);
        Assert.All(proxies, p => Assert.Same(shared.Book, p.Rules));
        proxies[7].Stop();
        lab.Api.Delete<EndpointSlice>("default", "shop-x");
        lab.RunFor(1);
        Assert.NotSame(shared.Book, proxies[7].Rules);
        Assert.Same(shared.Book, proxies[8].Rules);
    }

    private static (NodeLab Lab, Kubelet Node) Open()
    {
        var lab = new NodeLab();
        var shared = new SharedRules(lab.Server.ConnectAs("system:kube-proxy"), lab.Clock);
        shared.Start();
        var config = new NodeConfig
        {
            Name = "node-1",
            Capacity = ResourceList.Of(("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("16Gi")), ("pods", Quantity.FromValue(110))),
            PodCIDR = "10.244.1.0/24",
            InternalIP = "10.128.0.1",
        };
        var node = new Kubelet(lab.Server.ConnectAs("system:node:node-1"), lab.Clock, lab.Chance, config, lab.Runtime) { Proxy = new KubeProxy("node-1", null, shared) };
        node.Start();
        return (lab, node);
    }

    private static Service ServiceOf(string name) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { Ports = [new ServicePort { Port = 80 }] },
    };

    private static void Create(NodeLab lab, string name, string address)
    {
        lab.Api.Create(ServiceOf(name));
        lab.Api.Create(new EndpointSlice
        {
            Metadata = new() { Name = $"{name}-x", Namespace = "default", Labels = StringMap.From(new Dictionary<string, string> { ["kubernetes.io/service-name"] = name }) },
            AddressType = "IPv4",
            Ports = [new EndpointPort { Name = "", Port = 8080, Protocol = "TCP" }],
            Endpoints = [new Endpoint { Addresses = [address] }],
        });
    }

    private static string Endpoints(NodeLab lab, Kubelet node)
    {
        lab.RunFor(0.1);
        return string.Join(' ', node.Proxy!.Rules.PortsOf(Shop).SelectMany(r => r.Endpoints).Select(e => e.Address));
    }
}
