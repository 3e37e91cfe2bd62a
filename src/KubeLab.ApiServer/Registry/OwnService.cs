using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Verbs;
using KubeLab.Etcd;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Registry;

/// <summary>Keeps the service <c>kubernetes</c> and its endpoints, by which pods find the server itself; whoever deletes them gets them back in seconds.</summary>
/// <remarks>Upstream: pkg/controlplane/controller/kubernetesservice.</remarks>
internal sealed class OwnService(IKubernetesApi api, VirtualClock clock, IEtcd etcd, ApiServerOptions options)
{
    private const string Name = "kubernetes";
    private const int Port = 6443;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private readonly MasterLeases masters = new(etcd);
    private Scheduled? next;

    public void Start()
    {
        Ensure();
        next = clock.After(Period, Start);
    }

    public void Stop() => next?.Cancel();

    /// <summary>Takes its own address out, as a server that ends in good order.</summary>
    public void Leave()
    {
        try
        {
            if (options.AdvertisedAddress is { } own)
            {
                masters.Remove(own);
                EnsureAddresses();
            }
        }
        catch (Exception refusal) when (refusal is ApiException or EtcdException)
        {
            // Then the address goes when its lease runs out.
        }
    }

    private void Ensure()
    {
        try
        {
            if (api.Find<Service>("default", Name) is null)
            {
                api.Create(Service());
            }

            if (options.AdvertisedAddress is { } own)
            {
                masters.Renew(own);
                EnsureAddresses();
            }
        }
        catch (Exception refusal) when (refusal is ApiException or EtcdException)
        {
            // The store does not answer, or another server was faster; the next round comes soon.
        }
    }

    private void EnsureAddresses()
    {
        // Without a single server nothing is taken away: an empty list would help nobody, as upstream.
        if (masters.Addresses() is { Count: > 0 } addresses)
        {
            EnsureEndpoints(addresses);
            EnsureSlice(addresses);
        }
    }

    private void EnsureEndpoints(IReadOnlyList<string> addresses)
    {
        ValueList<EndpointSubset> subsets =
        [
            new() { Addresses = addresses.Select(ip => new EndpointAddress { Ip = ip }).ToValueList(), Ports = [new() { Name = "https", Port = Port, Protocol = "TCP" }] },
        ];
        if (api.Find<Endpoints>("default", Name) is not { } found)
        {
            // The label keeps others from making a slice of them: the slice is made here.
            api.Create(new Endpoints { Metadata = new() { Name = Name, Namespace = "default", Labels = StringMap.Of(("endpointslice.kubernetes.io/skip-mirror", "true")) }, Subsets = subsets });
        }
        else if (found.Subsets != subsets)
        {
            api.Update(found with { Subsets = subsets });
        }
    }

    private void EnsureSlice(IReadOnlyList<string> addresses)
    {
        var endpoints = addresses.Select(ip => new Endpoint { Addresses = [ip], Conditions = new() { Ready = true } }).ToValueList();
        ValueList<EndpointPort> ports = [new() { Name = "https", Port = Port, Protocol = "TCP" }];
        if (api.Find<EndpointSlice>("default", Name) is not { } found)
        {
            api.Create(new EndpointSlice
            {
                Metadata = new() { Name = Name, Namespace = "default", Labels = StringMap.Of(("kubernetes.io/service-name", Name)) },
                AddressType = "IPv4",
                Endpoints = endpoints,
                Ports = ports,
            });
        }
        else if (found.Endpoints != endpoints || found.Ports != ports)
        {
            api.Update(found with { Endpoints = endpoints, Ports = ports });
        }
    }

    private Service Service() => new()
    {
        Metadata = new() { Name = Name, Namespace = "default", Labels = StringMap.Of(("component", "apiserver"), ("provider", "kubernetes")) },
        Spec = new()
        {
            Type = "ClusterIP",
            ClusterIP = new ServiceAddresses(options.ServiceClusterIPRange).First,
            Ports = [new() { Name = "https", Protocol = "TCP", Port = 443, TargetPort = Port }],
            SessionAffinity = "None",
        },
    };
}
