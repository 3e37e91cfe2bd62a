using KubeLab.Autoscaling.Vertical.Histograms;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>How usage is kept: buckets, half-lives, and how far back.</summary>
/// <remarks>Upstream: pkg/recommender/model/aggregations_config.go. Who changes the buckets must raise <see cref="AggregateState.CheckpointVersion"/>.</remarks>
internal sealed class Aggregations(VerticalPodAutoscalerOptions options)
{
    /// <summary>A sample weighs this at the least.</summary>
    public const double SampleWeightMin = 0.1;

    // Light enough that the oldest samples, eight half-lives old, still count.
    private const double Epsilon = 0.001 * SampleWeightMin;
    private const double Growth = 1.05;

    /// <summary>CPU from 0.01 to 1,000 cores.</summary>
    public HistogramBuckets CpuBuckets { get; } = ExponentialBuckets.UpTo(1000, 0.01, Growth, Epsilon);

    /// <summary>Memory from 10 MB to 1 TB.</summary>
    public HistogramBuckets MemoryBuckets { get; } = ExponentialBuckets.UpTo(1e12, 1e7, Growth, Epsilon);

    /// <summary>After which a sample of CPU weighs half as much.</summary>
    public TimeSpan CpuHalfLife => options.CpuHistogramDecayHalfLife;

    /// <summary>After which a peak of memory weighs half as much.</summary>
    public TimeSpan MemoryHalfLife => options.MemoryHistogramDecayHalfLife;

    /// <summary>The time of which one peak of memory is kept.</summary>
    public TimeSpan MemoryInterval => options.MemoryAggregationInterval;

    /// <summary>How far back is looked.</summary>
    public TimeSpan Window => options.MemoryAggregationWindow;

    /// <summary>How much more memory is needed after a kill, as a factor.</summary>
    public double OomRatio => options.OomBumpUpRatio;

    /// <summary>How much more at the least, in bytes.</summary>
    public double OomBytesMin => options.OomMinBumpUpBytes;
}
