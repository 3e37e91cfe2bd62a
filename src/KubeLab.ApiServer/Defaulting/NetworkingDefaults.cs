using KubeLab.Api;
using KubeLab.Api.Networking;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what network policies and ingress classes leave out.</summary>
/// <remarks>Upstream: pkg/apis/networking/v1/defaults.go.</remarks>
internal static class NetworkingDefaults
{
    public static NetworkPolicy Fill(NetworkPolicy obj)
    {
        var spec = obj.Spec;
        var filled = spec with
        {
            PodSelector = spec.PodSelector ?? new(),
            Ingress = ContainerDefaults.Each(spec.Ingress, r => Ports(r.Ports) is var ports && ports == r.Ports ? r : r with { Ports = ports }),
            Egress = ContainerDefaults.Each(spec.Egress, r => Ports(r.Ports) is var ports && ports == r.Ports ? r : r with { Ports = ports }),
            PolicyTypes = !spec.PolicyTypes.IsEmpty ? spec.PolicyTypes : spec.Egress.IsEmpty ? ["Ingress"] : ["Ingress", "Egress"],
        };
        return filled == spec ? obj : obj with { Spec = filled };
    }

    public static IngressClass Fill(IngressClass obj) => obj.Spec.Parameters is { Scope: null } parameters
        ? obj with { Spec = obj.Spec with { Parameters = parameters with { Scope = "Cluster" } } }
        : obj;

    private static ValueList<NetworkPolicyPort> Ports(ValueList<NetworkPolicyPort> ports) =>
        ContainerDefaults.Each(ports, p => p.Protocol is null ? p with { Protocol = "TCP" } : p);
}
