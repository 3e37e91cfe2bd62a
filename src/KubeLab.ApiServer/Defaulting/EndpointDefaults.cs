using KubeLab.Api.Core;
using KubeLab.Api.Discovery;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what endpoints and endpoint slices leave out.</summary>
/// <remarks>Upstream: pkg/apis/discovery/v1/defaults.go and pkg/apis/core/v1/defaults.go.</remarks>
internal static class EndpointDefaults
{
    public static EndpointSlice Fill(EndpointSlice obj)
    {
        var ports = ContainerDefaults.Each(
            obj.Ports, p => p.Name is not null && p.Protocol is not null ? p : p with { Name = p.Name ?? "", Protocol = p.Protocol ?? "TCP" });
        return ports == obj.Ports ? obj : obj with { Ports = ports };
    }

    public static Endpoints Fill(Endpoints obj)
    {
        var subsets = ContainerDefaults.Each(obj.Subsets, Subset);
        return subsets == obj.Subsets ? obj : obj with { Subsets = subsets };
    }

    private static EndpointSubset Subset(EndpointSubset subset)
    {
        var ports = ContainerDefaults.Each(subset.Ports, p => string.IsNullOrEmpty(p.Protocol) ? p with { Protocol = "TCP" } : p);
        return ports == subset.Ports ? subset : subset with { Ports = ports };
    }
}
