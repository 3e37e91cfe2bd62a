using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.ServiceEndpoints;

/// <summary>A service's addresses as one object holds them: grouped by ports, the ready ones apart from the others, in order.</summary>
/// <remarks>Upstream: pkg/controller/endpoint and RepackSubsets in pkg/api/v1/endpoints.</remarks>
public static class Subsets
{
    /// <summary>How many addresses one object may hold; a larger service is cut off.</summary>
    public const int AddressesMax = 1000;

    /// <summary>The subsets, and whether addresses were left out.</summary>
    public static (ValueList<EndpointSubset> Subsets, bool IsTruncated) Of(Service service, IEnumerable<Pod> pods)
    {
        var publishAll = service.Spec.PublishNotReadyAddresses;
        var chosen = pods.Where(p => EndpointOf.IsEndpoint(p, includeTerminating: publishAll))
            .Select(p => (Pod: p, Ports: Ports(service, p), IsReady: publishAll || PodState.IsReady(p)))
            .Where(p => !p.Ports.IsEmpty || service.Spec.Ports.IsEmpty)
            .OrderByDescending(p => p.IsReady)
            .ToList();
        var subsets = chosen.Take(AddressesMax).GroupBy(p => p.Ports)
            .Select(same => new EndpointSubset
            {
                Addresses = Addresses(service, same.Where(p => p.IsReady).Select(p => p.Pod)),
                NotReadyAddresses = Addresses(service, same.Where(p => !p.IsReady).Select(p => p.Pod)),
                Ports = same.Key,
            })
            .OrderBy(s => string.Join(',', s.Ports.Select(p => $"{p.Name}:{p.Port}")), StringComparer.Ordinal);
        return (subsets.ToValueList(), chosen.Count > AddressesMax);
    }

    private static ValueList<EndpointAddress> Addresses(Service service, IEnumerable<Pod> pods) => pods
        .Select(pod => new EndpointAddress
        {
            Ip = pod.Status.PodIP!,
            Hostname = EndpointOf.HostnameOf(service, pod),
            NodeName = string.IsNullOrEmpty(pod.Spec.NodeName) ? null : pod.Spec.NodeName,
            TargetRef = EndpointOf.Reference(pod),
        })
        .OrderBy(a => a.Ip, StringComparer.Ordinal).ThenBy(a => a.TargetRef!.Uid, StringComparer.Ordinal).ToValueList();

    private static ValueList<EndpointsPort> Ports(Service service, Pod pod) => ServicePorts.Of(service, pod)
        .Select(p => new EndpointsPort { Name = string.IsNullOrEmpty(p.Name) ? null : p.Name, Port = p.Port ?? 0, Protocol = p.Protocol, AppProtocol = p.AppProtocol })
        .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Port).ToValueList();
}
