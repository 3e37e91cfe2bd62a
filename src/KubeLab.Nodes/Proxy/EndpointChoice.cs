namespace KubeLab.Nodes.Proxy;

/// <summary>Which endpoints of a port a node uses: those that are ready, and when there are none, those that still serve on their way out.</summary>
/// <remarks>Upstream: CategorizeEndpoints in pkg/proxy/topology.go.</remarks>
/// <param name="Cluster">For the policy <c>Cluster</c>; empty when the port has no use for it.</param>
/// <param name="Local">For the policy <c>Local</c>: those on the node itself.</param>
/// <param name="HasAny">Whether any endpoint of the cluster could be used, be it not from this node.</param>
/// <seealso href="https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies">Traffic policies</seealso>
public sealed record EndpointChoice(IReadOnlyList<ServiceEndpoint> Cluster, IReadOnlyList<ServiceEndpoint> Local, bool HasAny)
{
    /// <summary>Chooses for a node.</summary>
    /// <param name="rule">The port.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="zone">Its zone, or null.</param>
    public static EndpointChoice For(ServicePortRule rule, string node, string? zone)
    {
        ArgumentNullException.ThrowIfNull(rule);

        // Even where traffic from outside stays local, what a node sends to such a service itself may go anywhere.
        var usesCluster = !rule.IsInternalLocal || rule.IsExternal;
        var usesLocal = rule.IsInternalLocal || (rule.IsExternalLocal && rule.IsExternal);
        var cluster = usesCluster ? Usable(rule.Endpoints, HintedZone(rule.Endpoints, zone)) : [];
        if (!usesLocal)
        {
            return new EndpointChoice(cluster, [], cluster.Count > 0);
        }

        var local = Usable([.. rule.Endpoints.Where(e => e.Node == node)], null);
        return new EndpointChoice(cluster, local, rule.Endpoints.Any(e => e.IsReady || IsLeaving(e)));
    }

    private static List<ServiceEndpoint> Usable(IReadOnlyList<ServiceEndpoint> endpoints, string? zone)
    {
        var ready = endpoints.Where(e => e.IsReady && (zone is null || e.ForZones.Contains(zone))).ToList();
        return ready.Count > 0 ? ready : [.. endpoints.Where(IsLeaving)];
    }

    private static bool IsLeaving(ServiceEndpoint endpoint) => endpoint.IsServing && endpoint.IsTerminating;

    // Hints count only when every endpoint that is ready has them and one of them is for this zone; half of them would starve somebody.
    private static string? HintedZone(IReadOnlyList<ServiceEndpoint> endpoints, string? zone)
    {
        var ready = endpoints.Where(e => e.IsReady).ToList();
        return zone is not null && ready.TrueForAll(e => !e.ForZones.IsEmpty) && ready.Exists(e => e.ForZones.Contains(zone)) ? zone : null;
    }
}
