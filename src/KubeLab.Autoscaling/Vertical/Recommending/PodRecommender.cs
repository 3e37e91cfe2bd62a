namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>What the containers of a pod need, and between which bounds that is certain.</summary>
/// <remarks>
/// Upstream: pkg/recommender/logic/recommender.go. The upper bound is multiplied by 1 + 1 / days of history (3 after half a day, 2 after one, 1.14 after a week), so that the updater is slow to take
/// away; the lower one by (1 + 0.001 / days)⁻² (0.6 after five minutes, 0.95 after an hour), so that it is a little slow to give.
/// </remarks>
internal sealed class PodRecommender(VerticalPodAutoscalerOptions options)
{
    /// <summary>The recommendation for each container, in the order of their names; the least that a pod is given is shared by them.</summary>
    public SortedDictionary<string, ContainerNeed> Recommend(IReadOnlyDictionary<string, AggregateState> containers)
    {
        var needs = new SortedDictionary<string, ContainerNeed>(StringComparer.Ordinal);
        if (containers.Count == 0)
        {
            return needs;
        }

        var share = 1.0 / containers.Count;
        var cpuMin = Amounts.Scaled(Amounts.OfCores(options.PodRecommendationMinCpuMillicores * 0.001), share);
        var memoryMin = Amounts.Scaled(Amounts.Of(options.PodRecommendationMinMemoryMb * 1024 * 1024), share);
        foreach (var (name, state) in containers)
        {
            needs.Add(name, new ContainerNeed(
                new Need(Cpu(options.TargetCpuPercentile).AtLeast(cpuMin)(state), Memory(options.TargetMemoryPercentile).AtLeast(memoryMin)(state)),
                new Need(
                    Cpu(options.RecommendationLowerBoundCpuPercentile).WithConfidence(0.001, -2, options.ConfidenceIntervalCpu).AtLeast(cpuMin)(state),
                    Memory(options.RecommendationLowerBoundMemoryPercentile).WithConfidence(0.001, -2, options.ConfidenceIntervalMemory).AtLeast(memoryMin)(state)),
                new Need(
                    Cpu(options.RecommendationUpperBoundCpuPercentile).WithConfidence(1, 1, options.ConfidenceIntervalCpu).AtLeast(cpuMin)(state),
                    Memory(options.RecommendationUpperBoundMemoryPercentile).WithConfidence(1, 1, options.ConfidenceIntervalMemory).AtLeast(memoryMin)(state))));
        }

        return needs;
    }

    private Estimator Cpu(double part) => Estimators.CpuPercentile(part).WithMargin(options.RecommendationMarginFraction);

    private Estimator Memory(double part) => Estimators.MemoryPercentile(part).WithMargin(options.RecommendationMarginFraction);
}

/// <summary>Amounts of both resources.</summary>
/// <param name="CpuMilli">Thousandths of a core.</param>
/// <param name="MemoryBytes">Bytes.</param>
internal readonly record struct Need(long CpuMilli, long MemoryBytes);

/// <summary>What a container needs, and between which bounds that is certain.</summary>
/// <param name="Target">What is recommended.</param>
/// <param name="Lower">Less is too little.</param>
/// <param name="Upper">More is wasted.</param>
internal readonly record struct ContainerNeed(Need Target, Need Lower, Need Upper);
