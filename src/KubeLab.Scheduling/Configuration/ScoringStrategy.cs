namespace KubeLab.Scheduling.Configuration;

/// <summary>How NodeResourcesFit prefers nodes.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/resource-bin-packing/">Resource bin packing</seealso>
public sealed record ScoringStrategy
{
    /// <summary>CPU and memory, alike.</summary>
    public static IReadOnlyList<ResourceWeight> CpuAndMemory { get; } = [new("cpu", 1), new("memory", 1)];

    /// <summary>Which way: to empty nodes, to full ones, or by a curve.</summary>
    public ScoringStrategyType Type { get; init; } = ScoringStrategyType.LeastAllocated;

    /// <summary>The resources that count, with their weights.</summary>
    public IReadOnlyList<ResourceWeight> Resources { get; init; } = CpuAndMemory;

    /// <summary>The curve of <see cref="ScoringStrategyType.RequestedToCapacityRatio"/>, by growing utilisation.</summary>
    public IReadOnlyList<UtilizationPoint> Shape { get; init; } = [];
}

/// <summary>The ways of NodeResourcesFit to prefer nodes.</summary>
public enum ScoringStrategyType
{
    /// <summary>Those with the greatest share left: pods spread out.</summary>
    LeastAllocated,

    /// <summary>Those with the smallest share left: pods are packed.</summary>
    MostAllocated,

    /// <summary>By a curve over the share that is requested.</summary>
    RequestedToCapacityRatio,
}

/// <summary>How much a resource counts.</summary>
/// <param name="Name">For example <c>cpu</c> or <c>nvidia.com/gpu</c>.</param>
/// <param name="Weight">1 to 100.</param>
public readonly record struct ResourceWeight(string Name, long Weight);

/// <summary>A point of the curve of RequestedToCapacityRatio.</summary>
/// <param name="Utilization">The requested share in percent, 0 to 100.</param>
/// <param name="Score">What it is worth, 0 to 10.</param>
public readonly record struct UtilizationPoint(int Utilization, int Score);
