using KubeLab.Scheduling.Cache.Counting;

namespace KubeLab.Scheduling.Plugins.Neighbours;

/// <summary>What decides about neighbours for pods of one shape: their own terms, and those of pods on nodes that mean them.</summary>
internal sealed class NeighbourPlan
{
    /// <summary>For each demand of the pod: the pods that satisfy all demands, by the domains of this one.</summary>
    public DomainTally[] Wanted { get; init; } = [];

    /// <summary>Whether the pod satisfies its demands itself, so that the first of a group may go anywhere.</summary>
    public bool IsOwnNeighbour { get; init; }

    /// <summary>For each refusal of the pod: the pods it means.</summary>
    public DomainTally[] Unwanted { get; init; } = [];

    /// <summary>Pods on nodes that refuse this pod.</summary>
    public CarriedTerm[] Refusing { get; init; } = [];

    /// <summary>What adds to or takes from a domain's score, and how much for each pod.</summary>
    public (DomainTally Pods, long Weight)[] Scored { get; init; } = [];

    public long SelectorsVersion { get; set; }

    public int CountsGeneration { get; init; }

    /// <summary>How many of the terms of pods on nodes were looked at.</summary>
    public int TermsSeen { get; set; }

    public bool HasFilters => Wanted.Length + Unwanted.Length + Refusing.Length > 0;

    public bool IsEmpty => !HasFilters && Scored.Length == 0;

    public bool Says(NeighbourPlan other) =>
        CountsGeneration == other.CountsGeneration && IsOwnNeighbour == other.IsOwnNeighbour && Wanted.AsSpan().SequenceEqual(other.Wanted)
        && Unwanted.AsSpan().SequenceEqual(other.Unwanted) && Refusing.AsSpan().SequenceEqual(other.Refusing) && Scored.AsSpan().SequenceEqual(other.Scored);
}
