using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;

namespace KubeLab.Controllers.ServiceEndpoints;

/// <summary>Which ports of a pod a service leads to.</summary>
/// <remarks>Upstream: FindPort in pkg/api/v1/pod/util.go and getEndpointPorts in k8s.io/endpointslice.</remarks>
public static class ServicePorts
{
    /// <summary>The ports; one whose target has a name that the pod does not know is left out.</summary>
    public static ValueList<EndpointPort> Of(Service service, Pod pod)
    {
        var ports = new List<EndpointPort>(service.Spec.Ports.Count);
        foreach (var port in service.Spec.Ports)
        {
            if (Number(port, pod) is { } number)
            {
                ports.Add(new EndpointPort { Name = port.Name ?? "", Protocol = port.Protocol, Port = number, AppProtocol = port.AppProtocol });
            }
        }

        return ports.ToValueList();
    }

    /// <summary>The number of the pod's port that <paramref name="port"/> leads to, or null when the pod has none of that name.</summary>
    public static int? Number(ServicePort port, Pod pod)
    {
        if (port.TargetPort.StrVal is not { } name)
        {
            return port.TargetPort.IntValue;
        }

        foreach (var container in pod.Spec.Containers)
        {
            if (Find(container, name, port.Protocol) is { } number)
            {
                return number;
            }
        }

        // Sidecars serve too; other init containers have ended.
        foreach (var container in pod.Spec.InitContainers)
        {
            if (container.RestartPolicy == "Always" && Find(container, name, port.Protocol) is { } number)
            {
                return number;
            }
        }

        return null;
    }

    private static int? Find(Container container, string name, string? protocol)
    {
        foreach (var port in container.Ports)
        {
            if (port.Name == name && (port.Protocol ?? "TCP") == (protocol ?? "TCP"))
            {
                return port.Port;
            }
        }

        return null;
    }
}
