using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;

namespace KubeLab.Nodes.Proxy;

/// <summary>A service and its slices as rules: what kube-proxy makes of what it watches.</summary>
/// <remarks>Upstream: pkg/proxy/serviceport.go, pkg/proxy/endpointslicecache.go.</remarks>
public static class ServicePortRules
{
    private const string ProxyName = "service.kubernetes.io/service-proxy-name";
    private const int AffinitySeconds = 10_800;

    /// <summary>Whether kube-proxy, and the cluster's DNS, have to do with the service: not when it names another proxy or stands for a name elsewhere.</summary>
    public static bool Concerns(Service service) =>
        service.Spec.Type != "ExternalName" && !string.IsNullOrEmpty(service.Spec.ClusterIP) && !service.Metadata.Labels.ContainsKey(ProxyName);

    /// <summary>The rules, one per port.</summary>
    public static IReadOnlyList<ServicePortRule> Of(Service service, IEnumerable<EndpointSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(slices);
        var known = slices.Where(s => s.AddressType is "IPv4" or "IPv6").OrderBy(s => s.Metadata.Name, StringComparer.Ordinal).ToList();
        return [.. service.Spec.Ports.Select(port => Of(service, port, EndpointsOf(port, known)))];
    }

    private static ServicePortRule Of(Service service, ServicePort port, List<ServiceEndpoint> endpoints)
    {
        var spec = service.Spec;
        var isExternal = spec.Type is "NodePort" or "LoadBalancer";
        var (inner, outer) = (spec.InternalTrafficPolicy == "Local", isExternal && spec.ExternalTrafficPolicy == "Local");
        return new ServicePortRule
        {
            Service = ObjectKey.Of(service),
            Name = port.Name ?? "",
            ClusterIP = spec.ClusterIP == "None" ? null : spec.ClusterIP,
            Port = port.Port,
            NodePort = isExternal ? port.NodePort ?? 0 : 0,
            ExternalAddresses = spec.ExternalIPs.Concat(Balancers(service)).ToValueList(),
            IsLoadBalancer = spec.Type == "LoadBalancer",
            IsInternalLocal = inner,
            IsExternalLocal = outer,
            Affinity = spec.SessionAffinity == "ClientIP" ? TimeSpan.FromSeconds(Seconds(spec.SessionAffinityConfig)) : null,
            Endpoints = endpoints,
            DependsOnNode = inner || outer || endpoints.Exists(e => !e.ForZones.IsEmpty),
        };
    }

    private static IEnumerable<string> Balancers(Service service) => (service.Status?.LoadBalancer?.Ingress ?? default)
        .Where(i => i is { Ip.Length: > 0, IpMode: not "Proxy" }).Select(i => i.Ip!);

    private static List<ServiceEndpoint> EndpointsOf(ServicePort port, List<EndpointSlice> slices)
    {
        // An address that is in two slices for a while is one endpoint.
        var found = new OrderedDictionary<(string, int), ServiceEndpoint>();
        foreach (var slice in slices)
        {
            foreach (var offered in slice.Ports)
            {
                if (offered.Port is { } number && (offered.Name ?? "") == (port.Name ?? "") && (offered.Protocol ?? "TCP") == (port.Protocol ?? "TCP"))
                {
                    foreach (var endpoint in slice.Endpoints)
                    {
                        Add(found, endpoint, number);
                    }
                }
            }
        }

        return [.. found.Values];
    }

    private static void Add(OrderedDictionary<(string, int), ServiceEndpoint> found, Endpoint endpoint, int port)
    {
        if (endpoint.Addresses.IsEmpty)
        {
            return;
        }

        var ready = endpoint.Conditions.Ready ?? true;
        var pod = endpoint.TargetRef is { Kind: "Pod", Name: { } name } target ? new ObjectKey(target.Namespace ?? "", name) : (ObjectKey?)null;
        found[(endpoint.Addresses[0], port)] = new ServiceEndpoint(endpoint.Addresses[0], port)
        {
            Node = endpoint.NodeName,
            Pod = pod,
            IsReady = ready,
            IsServing = endpoint.Conditions.Serving ?? ready,
            IsTerminating = endpoint.Conditions.Terminating ?? false,
            ForZones = Zones(endpoint.Hints),
        };
    }

    private static ValueList<string> Zones(OpaqueObject? hints)
    {
        if (Field(hints, "forZones") is not { ValueKind: JsonValueKind.Array } zones)
        {
            return default;
        }

        return zones.EnumerateArray().Where(z => z.ValueKind == JsonValueKind.Object && z.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
            .Select(z => z.GetProperty("name").GetString()!).ToValueList();
    }

    private static int Seconds(OpaqueObject? config) =>
        Field(config, "clientIP") is { ValueKind: JsonValueKind.Object } client && client.TryGetProperty("timeoutSeconds", out var seconds) && seconds.TryGetInt32(out var number)
            ? number
            : AffinitySeconds;

    private static JsonElement? Field(OpaqueObject? obj, string name)
    {
        foreach (var (field, value) in obj?.Overflow ?? [])
        {
            if (field == name)
            {
                return value;
            }
        }

        return null;
    }
}
