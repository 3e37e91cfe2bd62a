using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Scores a node by what would be requested of its resources, 0 to 100, truncated where upstream truncates.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/noderesources, least_allocated.go, most_allocated.go, requested_to_capacity_ratio.go.</remarks>
internal sealed class ResourceScore
{
    private const long ScoreMax = 100;
    private const long CurveScoreMax = 10;

    private readonly ScoringStrategyType type;
    private readonly ResourceWeight[] resources;
    private readonly UtilizationPoint[] shape;

    public ResourceScore(ScoringStrategy strategy)
    {
        type = strategy.Type;
        resources = [.. strategy.Resources.Select(r => r with { Weight = r.Weight == 0 ? 1 : r.Weight })];
        shape = [.. strategy.Shape];
    }

    public long Of(in ResourceVector asked, in ResourceVector nonZeroAsked, NodeInfo node)
    {
        long sum = 0, weights = 0;
        foreach (var (name, weight) in resources)
        {
            var capacity = node.Allocatable.Of(name);
            var isBasic = name is "cpu" or "memory";
            var own = isBasic ? nonZeroAsked.Of(name) : asked.Of(name);
            if (capacity == 0 || (own == 0 && !isBasic && name != "ephemeral-storage"))
            {
                // Who does not ask for a GPU is not ranked by GPUs.
                continue;
            }

            var requested = own + (isBasic ? node.NonZeroRequested.Of(name) : node.Requested.Of(name));
            var score = Of(requested, capacity);
            if (type == ScoringStrategyType.RequestedToCapacityRatio && score == 0)
            {
                continue;
            }

            sum += score * weight;
            weights += weight;
        }

        return weights == 0 ? 0
            : type == ScoringStrategyType.RequestedToCapacityRatio ? (long)Math.Round((double)sum / weights, MidpointRounding.AwayFromZero)
            : sum / weights;
    }

    public long Of(long requested, long capacity) => type switch
    {
        ScoringStrategyType.LeastAllocated => requested > capacity ? 0 : (capacity - requested) * ScoreMax / capacity,
        ScoringStrategyType.MostAllocated => Math.Min(requested, capacity) * ScoreMax / capacity,
        _ => OnCurve(requested > capacity ? 100 : requested * 100 / capacity),
    };

    /// <summary>The curve between its points; level before the first and after the last.</summary>
    private long OnCurve(long utilization)
    {
        for (var i = 0; i < shape.Length; i++)
        {
            if (utilization <= shape[i].Utilization)
            {
                if (i == 0)
                {
                    return Worth(0);
                }

                var (from, to) = (shape[i - 1].Utilization, shape[i].Utilization);
                return Worth(i - 1) + ((Worth(i) - Worth(i - 1)) * (utilization - from) / (to - from));
            }
        }

        return Worth(shape.Length - 1);
    }

    private long Worth(int point) => shape[point].Score * (ScoreMax / CurveScoreMax);
}
