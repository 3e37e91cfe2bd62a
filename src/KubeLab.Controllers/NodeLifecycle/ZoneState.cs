using KubeLab.Api.Core;

namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>How a zone is as a whole.</summary>
public enum ZoneState
{
    /// <summary>Most of its nodes speak.</summary>
    Normal,

    /// <summary>Many are silent: perhaps the network is to blame, so it evicts slowly or not at all.</summary>
    PartialDisruption,

    /// <summary>All are silent.</summary>
    FullDisruption,
}

/// <summary>Judges zones, and how fast they may evict.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/architecture/nodes/#rate-limits-on-eviction">Rate limits on eviction</seealso>
public static class Zones
{
    /// <summary>The zone of a node: region and zone from its labels, empty when it has neither.</summary>
    public static string Of(Node node)
    {
        var region = node.Metadata.Labels["topology.kubernetes.io/region"] ?? "";
        var zone = node.Metadata.Labels["topology.kubernetes.io/zone"] ?? "";
        return region.Length == 0 && zone.Length == 0 ? "" : $"{region}:{zone}";
    }

    /// <summary>The state of a zone with so many nodes that are ready and that are not.</summary>
    public static ZoneState Judge(int ready, int notReady, double unhealthyShare) => (ready, notReady) switch
    {
        (0, > 0) => ZoneState.FullDisruption,
        (_, > 2) when (double)notReady / (notReady + ready) >= unhealthyShare => ZoneState.PartialDisruption,
        _ => ZoneState.Normal,
    };

    /// <summary>
    /// Nodes per second that a zone may taint. A zone that is wholly silent evicts at the full rate: other zones are well, so it is not
    /// the control plane's network.
    /// </summary>
    public static double EvictionRate(ZoneState state, int nodes, NodeLifecycleOptions options) => state switch
    {
        ZoneState.PartialDisruption => nodes > options.LargeClusterThreshold ? options.SecondaryEvictionRate : 0,
        _ => options.EvictionRate,
    };
}
