using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Configuration;

/// <summary>The arguments of NodeResourcesFit.</summary>
public sealed record FitOptions
{
    /// <summary>Upstream's.</summary>
    public static FitOptions Default { get; } = new();

    /// <summary>Extended resources that are not looked at, because somebody else manages them.</summary>
    public IReadOnlyList<string> IgnoredResources { get; init; } = [];

    /// <summary>The same by the part before the slash.</summary>
    public IReadOnlyList<string> IgnoredResourceGroups { get; init; } = [];

    /// <summary>How nodes are preferred.</summary>
    public ScoringStrategy Strategy { get; init; } = new();

    /// <summary>Whether <paramref name="resource"/> is not looked at.</summary>
    public bool Ignores(string resource) =>
        IgnoredResources.Contains(resource) || (IgnoredResourceGroups.Count > 0 && IgnoredResourceGroups.Contains(resource.Split('/')[0]));
}

/// <summary>The arguments of PodTopologySpread.</summary>
public sealed record SpreadOptions
{
    /// <summary>Upstream's: pods of one owner or service are spread softly over nodes and zones.</summary>
    public static SpreadOptions Default { get; } = new();

    /// <summary>Rules for pods that have none; null for upstream's own.</summary>
    public IReadOnlyList<TopologySpreadConstraint>? DefaultConstraints { get; init; }
}

/// <summary>The arguments of InterPodAffinity.</summary>
public sealed record InterPodAffinityOptions
{
    /// <summary>Upstream's.</summary>
    public static InterPodAffinityOptions Default { get; } = new();

    /// <summary>What a demand of a pod on a node counts in the score of a newcomer it means, 0 to 100.</summary>
    public int HardPodAffinityWeight { get; init; } = 1;

    /// <summary>Whether the wishes of pods on nodes are left out where the newcomer has none itself.</summary>
    public bool IgnorePreferredTermsOfExistingPods { get; init; }
}

/// <summary>The arguments of DefaultPreemption.</summary>
public sealed record PreemptionOptions
{
    /// <summary>Upstream's.</summary>
    public static PreemptionOptions Default { get; } = new();

    /// <summary>Of how many of the possible nodes the victims are worked out, in percent.</summary>
    public int MinCandidateNodesPercentage { get; init; } = 10;

    /// <summary>Of how many at least.</summary>
    public int MinCandidateNodesAbsolute { get; init; } = 100;
}
