using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Controllers.ServiceEndpoints;

/// <summary>Which pods a service leads to; the test plays the kubelets.</summary>
public sealed class EndpointSliceControllerTests
{
    private static readonly StringMap Web = StringMap.Of(("app", "web"));
    private readonly ControllerLab lab = new("n1", "n2");

    public EndpointSliceControllerTests() => lab.StartUp = _ => null;

    [Fact]
    public void A_pod_is_ready_serving_or_on_its_way_out()
    {
        Serve();
        Pod("a", ready: true);
        Pod("b", ready: false);
        lab.Run(1);
        Assert.Equal(["10.1.0.1 ready=True serving=True terminating=False", "10.1.0.2 ready=False serving=False terminating=False"], Endpoints());
        lab.Api.Delete<Pod>("default", "a", new DeleteOptions { GracePeriodSeconds = 30 });
        lab.Clock.RunFor(TimeSpan.FromMilliseconds(300));
        Assert.Equal("10.1.0.1 ready=False serving=True terminating=True", Endpoints()[0]);
        Assert.Equal(["10.1.0.2"], Subset().NotReadyAddresses.Select(a => a.Ip));
        Assert.Empty(Subset().Addresses);
    }

    [Fact]
    public void Slices_say_whose_they_are()
    {
        Serve();
        Pod("a", ready: true);
        lab.Run(1);
        var slice = Assert.Single(Slices());
        Assert.Equal(("web", "endpointslice-controller.k8s.io"), (slice.Metadata.Labels["kubernetes.io/service-name"], slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]));
        Assert.Equal(("web", true), (slice.Metadata.OwnerReferences[0].Name, slice.Metadata.OwnerReferences[0].Controller));
        Assert.StartsWith("web-", slice.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal((8080, "http", "TCP"), (slice.Ports[0].Port, slice.Ports[0].Name, slice.Ports[0].Protocol));
        Assert.Equal(("n1", "a"), (slice.Endpoints[0].NodeName, slice.Endpoints[0].TargetRef!.Name));
    }

    [Fact]
    public void Whoever_wants_addresses_early_gets_those_that_are_not_ready()
    {
        Serve(s => s with { PublishNotReadyAddresses = true });
        Pod("a", ready: false);
        lab.Run(1);
        Assert.Equal(["10.1.0.1 ready=True serving=False terminating=False"], Endpoints());
        Assert.Equal(["10.1.0.1"], Subset().Addresses.Select(a => a.Ip));
    }

    [Fact]
    public void A_port_by_name_is_each_pods_own()
    {
        Serve(s => s with { Ports = [s.Ports[0] with { TargetPort = "web" }] });
        Pod("a", ready: true, port: 8080);
        Pod("b", ready: true, port: 9090);
        Pod("c", ready: true, port: null);
        lab.Run(1);
        Assert.Equal(["10.1.0.1:8080", "10.1.0.2:9090", "10.1.0.3:"], Slices().SelectMany(s => s.Endpoints.Select(e => $"{e.Addresses[0]}:{(s.Ports.IsEmpty ? null : s.Ports[0].Port)}")).Order());
        Assert.Equal(2, lab.Api.Get<Endpoints>("default", "web").Subsets.Count);
    }

    [Fact]
    public void A_headless_service_names_its_pods()
    {
        Serve(s => s with { ClusterIP = "None" });
        Pod("a", ready: true, change: p => p with { Hostname = "first", Subdomain = "web" });
        lab.Run(1);
        Assert.Equal("first", Slices()[0].Endpoints[0].Hostname);
        Assert.True(Slices()[0].Metadata.Labels.ContainsKey("service.kubernetes.io/headless"));
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("external", 0)]
    [InlineData("other", 1)]
    public void A_service_that_selects_nothing_has_no_endpoints(string kind, int slices)
    {
        Serve(s => kind switch
        {
            "none" => s with { Selector = default },
            "external" => s with { Type = "ExternalName", ExternalName = "example.org" },
            _ => s with { Selector = StringMap.Of(("app", "other")) },
        });
        Pod("a", ready: true);
        lab.Run(1);
        Assert.Equal(slices, Slices().Count);
        Assert.All(Slices(), s => Assert.True(s.Endpoints.IsEmpty && s.Ports.IsEmpty));
    }

    [Fact]
    public void Many_pods_are_spread_over_slices_and_written_together()
    {
        Serve();
        for (var i = 1; i <= 250; i++)
        {
            Pod($"p{i}", ready: true, number: i);
        }

        lab.Run(1);
        Assert.Equal([50, 100, 100], Slices().Select(s => s.Endpoints.Count).Order());
        Assert.All(Slices(), s => Assert.Equal(1, s.Metadata.Generation));
    }

    [Fact]
    public void Everything_goes_with_the_service()
    {
        Serve();
        Pod("a", ready: true);
        lab.Run(1);
        lab.Api.Delete<Service>("default", "web");
        lab.Run(2);
        Assert.Empty(Slices());
        Assert.Null(lab.Api.Find<Endpoints>("default", "web"));
    }

    [Fact]
    public void A_slice_that_somebody_deletes_comes_back()
    {
        Serve();
        Pod("a", ready: true);
        lab.Run(1);
        lab.Api.Delete<EndpointSlice>("default", Slices()[0].Metadata.Name!);
        lab.Run(1);
        Assert.Equal(["10.1.0.1 ready=True serving=True terminating=False"], Endpoints());
    }

    private List<EndpointSlice> Slices() => [.. lab.Api.List<EndpointSlice>("default").Where(s => s.Metadata.Labels["kubernetes.io/service-name"] == "web")];

    private EndpointSubset Subset() => Assert.Single(lab.Api.Get<Endpoints>("default", "web").Subsets);

    private List<string> Endpoints() => [.. Slices().SelectMany(s => s.Endpoints)
        .Select(e => $"{e.Addresses[0]} ready={e.Conditions.Ready} serving={e.Conditions.Serving} terminating={e.Conditions.Terminating}").Order(StringComparer.Ordinal)];

    private void Serve(Func<ServiceSpec, ServiceSpec>? change = null)
    {
        var spec = new ServiceSpec { Selector = Web, Ports = [new() { Name = "http", Port = 80, TargetPort = 8080 }] };
        lab.Api.Create(new Service { Metadata = new() { Name = "web", Namespace = "default" }, Spec = change?.Invoke(spec) ?? spec });
    }

    private int made;

    private void Pod(string name, bool ready, int? port = 8080, int? number = null, Func<PodSpec, PodSpec>? change = null)
    {
        made++;
        var spec = ControllerLab.SpecOf("web:1") with { NodeName = "n1", RestartPolicy = "Always" };
        spec = spec with { Containers = [spec.Containers[0] with { Ports = port is { } p ? [new() { Name = "web", Port = p, Protocol = "TCP" }] : default }] };
        var pod = lab.Api.Create(new Pod { Metadata = new() { Name = name, Namespace = "default", Labels = Web }, Spec = change?.Invoke(spec) ?? spec });
        lab.Api.UpdateStatus(pod with
        {
            Status = new()
            {
                Phase = "Running",
                PodIP = $"10.1.{(number ?? made) / 256}.{(number ?? made) % 256}",
                Conditions = [new() { Type = "Ready", Status = ready ? "True" : "False" }],
            },
        });
    }
}
