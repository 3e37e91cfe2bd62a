using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Framework;

/// <summary>A pod with what the scheduler computes from it once.</summary>
public sealed class PodInfo(Pod pod, PodDemand demand)
{
    /// <summary>The pod; replaced when a newer version comes.</summary>
    public Pod Pod { get; internal set; } = pod;

    /// <summary>What it asks for; shared by all pods of one template.</summary>
    public PodDemand Demand { get; } = demand;

    /// <summary>Its name and namespace.</summary>
    public ObjectKey Key => ObjectKey.Of(Pod);

    /// <summary>Its importance; 0 when it names none.</summary>
    public int Priority => Pod.Spec.Priority ?? 0;
}

/// <summary>What all pods with the same spec ask of a node.</summary>
public sealed class PodDemand
{
    /// <summary>Computes it from <paramref name="spec"/>.</summary>
    public PodDemand(PodSpec spec)
    {
        Spec = spec;
        Requests = PodRequests.Of(spec);
        NonZeroRequests = PodRequests.NonZeroOf(spec);
        HostPorts = Ports(spec);
    }

    /// <summary>The spec it was computed from.</summary>
    public PodSpec Spec { get; }

    /// <summary>What filters count.</summary>
    public ResourceVector Requests { get; }

    /// <summary>What scores count.</summary>
    public ResourceVector NonZeroRequests { get; }

    /// <summary>The node ports it needs.</summary>
    public IReadOnlyList<ContainerPort> HostPorts { get; }

    private static List<ContainerPort> Ports(PodSpec spec)
    {
        var ports = new List<ContainerPort>();
        foreach (var container in spec.Containers)
        {
            foreach (var port in container.Ports)
            {
                if (port.HostPort is > 0)
                {
                    ports.Add(port);
                }
            }
        }

        return ports;
    }
}
