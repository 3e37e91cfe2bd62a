using KubeLab.Api;

namespace KubeLab.Autoscaling.Vertical;

/// <summary>How the vertical autoscaler's three programs behave: upstream's flags by their names, with upstream's defaults.</summary>
/// <seealso href="https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/flags.md">VPA flags</seealso>
public sealed record VerticalPodAutoscalerOptions
{
    /// <summary>Upstream's defaults.</summary>
    public static VerticalPodAutoscalerOptions Default { get; } = new();

    /// <summary>How often the recommender reads what is used, and recommends.</summary>
    public TimeSpan RecommenderInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The recommender's name, as <c>spec.recommenders</c> chooses it; <c>default</c> also answers those that choose none.</summary>
    public string RecommenderName { get; init; } = "default";

    /// <summary>How often checkpoints whose autoscaler is gone are deleted.</summary>
    public TimeSpan CheckpointsGcInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether only pods are remembered that an autoscaler selects.</summary>
    public bool MemorySaver { get; init; }

    /// <summary>Part of the usage that is added for safety.</summary>
    public double RecommendationMarginFraction { get; init; } = 0.15;

    /// <summary>The least CPU that is recommended for a pod, in thousandths of a core; its containers share it.</summary>
    public double PodRecommendationMinCpuMillicores { get; init; } = 25;

    /// <summary>The least memory that is recommended for a pod, in MiB; its containers share it.</summary>
    public double PodRecommendationMinMemoryMb { get; init; } = 250;

    /// <summary>The part of CPU samples, by weight, that the target covers.</summary>
    public double TargetCpuPercentile { get; init; } = 0.9;

    /// <summary>The same for the lower bound.</summary>
    public double RecommendationLowerBoundCpuPercentile { get; init; } = 0.5;

    /// <summary>The same for the upper bound.</summary>
    public double RecommendationUpperBoundCpuPercentile { get; init; } = 0.95;

    /// <summary>The part of memory peaks, by weight, that the target covers.</summary>
    public double TargetMemoryPercentile { get; init; } = 0.9;

    /// <summary>The same for the lower bound.</summary>
    public double RecommendationLowerBoundMemoryPercentile { get; init; } = 0.5;

    /// <summary>The same for the upper bound.</summary>
    public double RecommendationUpperBoundMemoryPercentile { get; init; } = 0.95;

    /// <summary>As much history makes the bounds of CPU twice as sure.</summary>
    public TimeSpan ConfidenceIntervalCpu { get; init; } = TimeSpan.FromHours(24);

    /// <summary>As much history makes the bounds of memory twice as sure.</summary>
    public TimeSpan ConfidenceIntervalMemory { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After which a sample of CPU weighs half as much.</summary>
    public TimeSpan CpuHistogramDecayHalfLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After which a peak of memory weighs half as much.</summary>
    public TimeSpan MemoryHistogramDecayHalfLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The time of which one peak of memory is kept for each container.</summary>
    public TimeSpan MemoryAggregationInterval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many of these times are looked back upon; what has no sample since is forgotten.</summary>
    public int MemoryAggregationIntervalCount { get; init; } = 8;

    /// <summary>How much more memory a container is thought to need that was killed for want of it.</summary>
    public double OomBumpUpRatio { get; init; } = 1.2;

    /// <summary>How much more at the least, in bytes.</summary>
    public double OomMinBumpUpBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>CPU is rounded up to multiples of this, in thousandths of a core.</summary>
    public int RoundCpuMillicores { get; init; } = 1;

    /// <summary>Memory is rounded up to multiples of this, in bytes.</summary>
    public int RoundMemoryBytes { get; init; } = 1;

    /// <summary>The most CPU that is recommended for a container whose policy does not say; null for any.</summary>
    public Quantity? ContainerRecommendationMaxAllowedCpu { get; init; }

    /// <summary>The most memory that is recommended for a container whose policy does not say; null for any.</summary>
    public Quantity? ContainerRecommendationMaxAllowedMemory { get; init; }

    /// <summary>How often the updater looks which pods to evict.</summary>
    public TimeSpan UpdaterInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many pods of a controller must live for one of them to be evicted, where an autoscaler does not say.</summary>
    public int MinReplicas { get; init; } = 2;

    /// <summary>The part of a controller's pods that may be away at once; one may always.</summary>
    public double EvictionTolerance { get; init; } = 0.5;

    /// <summary>Pods whose requests would change by less than this part stay, when their requests lie within the bounds.</summary>
    public double PodUpdateThreshold { get; init; } = 0.1;

    /// <summary>Pods younger than this stay, when their requests lie within the bounds.</summary>
    public TimeSpan InRecommendationBoundsEvictionLifetimeThreshold { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A container that was killed for want of memory within this after its start is reason enough to evict its pod.</summary>
    public TimeSpan EvictAfterOomThreshold { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Namespaces whose autoscalers are left alone.</summary>
    public ValueList<string> IgnoredVpaObjectNamespaces { get; init; }

    /// <summary>For how long history is looked back upon.</summary>
    internal TimeSpan MemoryAggregationWindow => MemoryAggregationInterval * MemoryAggregationIntervalCount;
}
