using KubeLab.Api;

namespace KubeLab.Nodes.Proxy;

/// <summary>What a node knows of one port of a service: under which addresses it is reached, by which policies, and where it may lead.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/networking/virtual-ips/">Virtual IPs and Service Proxies</seealso>
public sealed record ServicePortRule
{
    /// <summary>The service.</summary>
    public required ObjectKey Service { get; init; }

    /// <summary>The port's name; empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The service's address; null for a headless service, to which no rule leads.</summary>
    public string? ClusterIP { get; init; }

    /// <summary>The port of the service.</summary>
    public required int Port { get; init; }

    /// <summary>The port on every node; 0 when it has none.</summary>
    public int NodePort { get; init; }

    /// <summary>Addresses of load balancers, and those that the user named, under which nodes recognise the service.</summary>
    public ValueList<string> ExternalAddresses { get; init; }

    /// <summary>Whether it is of the type <c>LoadBalancer</c>.</summary>
    public bool IsLoadBalancer { get; init; }

    /// <summary>Whether traffic from within stays on its node.</summary>
    public bool IsInternalLocal { get; init; }

    /// <summary>Whether traffic from outside stays on the node at which it comes in.</summary>
    public bool IsExternalLocal { get; init; }

    /// <summary>How long a client stays with its endpoint after it last came; null when each connection may go elsewhere.</summary>
    public TimeSpan? Affinity { get; init; }

    /// <summary>Where it may lead, in the order of the slices.</summary>
    public IReadOnlyList<ServiceEndpoint> Endpoints { get; init; } = [];

    /// <summary>Whether somebody outside of the cluster can reach it.</summary>
    public bool IsExternal => NodePort != 0 || !ExternalAddresses.IsEmpty;

    /// <summary>Whether nodes differ in where it leads, so that each must be asked.</summary>
    public bool DependsOnNode { get; init; }
}
