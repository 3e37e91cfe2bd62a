namespace KubeLab.Nodes.Proxy;

/// <summary>What a node does with a new connection to a service.</summary>
/// <param name="Kind">What.</param>
/// <param name="Endpoints">Where it may go, each as likely as the next; empty unless it goes somewhere.</param>
public sealed record Route(RouteKind Kind, IReadOnlyList<ServiceEndpoint> Endpoints)
{
    /// <summary>No rule knows the address: the packet leaves for nowhere, and nobody answers.</summary>
    public static Route Unknown { get; } = new(RouteKind.Unknown, []);

    private static Route Rejected { get; } = new(RouteKind.Rejected, []);

    private static Route Dropped { get; } = new(RouteKind.Dropped, []);

    /// <summary>What a node does.</summary>
    /// <param name="rule">The port.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="zone">Its zone, or null.</param>
    /// <param name="fromOutside">Whether the connection comes in at the node from outside of the cluster.</param>
    /// <remarks>
    /// Upstream: syncProxyRules of pkg/proxy/iptables. A service without any usable endpoint is refused at once; one whose usable endpoints the policy <c>Local</c> hides is dropped
    /// silently. What starts on the node itself, in a pod or not, may reach a service's outer address by the policy <c>Cluster</c>.
    /// </remarks>
    public static Route Of(ServicePortRule rule, string node, string? zone, bool fromOutside)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var choice = EndpointChoice.For(rule, node, zone);
        if (!choice.HasAny)
        {
            return Rejected;
        }

        var chosen = (fromOutside ? rule.IsExternalLocal : rule.IsInternalLocal) ? choice.Local : choice.Cluster;
        return chosen.Count == 0 ? Dropped : new Route(RouteKind.Leads, chosen);
    }
}

/// <summary>What becomes of a connection.</summary>
public enum RouteKind
{
    /// <summary>It goes to one of the endpoints.</summary>
    Leads,

    /// <summary>It is refused at once: the service has no endpoints.</summary>
    Rejected,

    /// <summary>Nobody answers: the service has endpoints, but none that this way may use.</summary>
    Dropped,

    /// <summary>Nobody answers: the node has no rule for the address.</summary>
    Unknown,
}
