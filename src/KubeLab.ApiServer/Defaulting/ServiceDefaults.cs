using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what services leave out; addresses are allocated elsewhere.</summary>
internal static class ServiceDefaults
{
    private static readonly OpaqueObject ThreeHours =
        new OpaqueObject().With("clientIP", JsonElement.Parse("""{"timeoutSeconds":10800}"""));

    public static Service Fill(Service obj)
    {
        var spec = obj.Spec;
        var type = Or(spec.Type, "ClusterIP");
        var isExternal = type is "NodePort" or "LoadBalancer";
        var filled = spec with
        {
            Type = type,
            SessionAffinity = Or(spec.SessionAffinity, "None"),
            SessionAffinityConfig = spec.SessionAffinity == "ClientIP" ? spec.SessionAffinityConfig ?? ThreeHours
                : spec.SessionAffinity is null or "" or "None" ? null : spec.SessionAffinityConfig,
            Ports = ContainerDefaults.Each(spec.Ports, Port),
            InternalTrafficPolicy = type == "ExternalName" ? spec.InternalTrafficPolicy : Or(spec.InternalTrafficPolicy, "Cluster"),
            ExternalTrafficPolicy = isExternal || !spec.ExternalIPs.IsEmpty ? Or(spec.ExternalTrafficPolicy, "Cluster") : spec.ExternalTrafficPolicy,
            AllocateLoadBalancerNodePorts = type == "LoadBalancer" ? spec.AllocateLoadBalancerNodePorts ?? true : spec.AllocateLoadBalancerNodePorts,
            IpFamilies = type == "ExternalName" || !spec.IpFamilies.IsEmpty ? spec.IpFamilies : ["IPv4"],
            IpFamilyPolicy = type == "ExternalName" ? spec.IpFamilyPolicy : Or(spec.IpFamilyPolicy, "SingleStack"),
        };
        return filled == spec ? obj : obj with { Spec = filled };
    }

    // The default of a number is 0 and of a text is "": either means that the pods' port is the service's own.
    private static ServicePort Port(ServicePort port)
    {
        var hasTarget = port.TargetPort.IsString ? port.TargetPort.StrVal!.Length > 0 : port.TargetPort.IntValue != 0;
        return hasTarget && !string.IsNullOrEmpty(port.Protocol)
            ? port
            : port with { Protocol = Or(port.Protocol, "TCP"), TargetPort = hasTarget ? port.TargetPort : port.Port };
    }

    private static string Or(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;
}
