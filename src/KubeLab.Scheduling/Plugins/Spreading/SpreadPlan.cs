using KubeLab.Scheduling.Cache.Counting;

namespace KubeLab.Scheduling.Plugins.Spreading;

/// <summary>The spreading rules of pods of one shape, with the counts they look at.</summary>
internal sealed class SpreadPlan
{
    /// <summary>For pods that nobody spreads.</summary>
    public static SpreadPlan None { get; } = new();

    /// <summary>Rules that refuse nodes.</summary>
    public SpreadRule[] Hard { get; init; } = [];

    /// <summary>Rules that rank nodes.</summary>
    public SpreadRule[] Soft { get; init; } = [];

    /// <summary>Whether nodes without the labels of all soft rules score nothing; the scheduler's own rules do not mind.</summary>
    public bool RequiresAllKeys { get; init; }

    /// <summary>What it was made from, to see whether it is still good.</summary>
    public long SelectorsVersion { get; set; }

    public int CountsGeneration { get; init; }

    public bool IsEmpty => Hard.Length + Soft.Length == 0;

    /// <summary>Whether both say the same, so that what was computed with this one stays good.</summary>
    public bool Says(SpreadPlan other) =>
        CountsGeneration == other.CountsGeneration && RequiresAllKeys == other.RequiresAllKeys && Hard.SequenceEqual(other.Hard) && Soft.SequenceEqual(other.Soft);
}

/// <summary>One spreading rule.</summary>
/// <param name="MaxSkew">How many more one domain may hold than the emptiest.</param>
/// <param name="MinDomains">Fewer domains than this count as empty ones.</param>
/// <param name="CountsItself">Whether the pod is one of those that are counted.</param>
/// <param name="ByDomain">The counted pods by domain, over the nodes that matter.</param>
/// <param name="ByNode">The counted pods by node.</param>
internal sealed record SpreadRule(int MaxSkew, int MinDomains, bool CountsItself, DomainTally ByDomain, PodTally ByNode)
{
    /// <summary>The label of a node's own name; its domains are counted node by node.</summary>
    public const string HostName = "kubernetes.io/hostname";

    public TopologyDomains Topology => ByDomain.Topology;

    public bool IsByHost => Topology.Key == HostName;

    public PodPredicate Pods => ByNode.What!;
}
