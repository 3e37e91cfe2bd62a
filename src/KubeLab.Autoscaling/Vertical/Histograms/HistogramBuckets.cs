namespace KubeLab.Autoscaling.Vertical.Histograms;

/// <summary>How values fall into the buckets of a histogram.</summary>
/// <remarks>Upstream: HistogramOptions in pkg/recommender/util/histogram_options.go.</remarks>
/// <param name="count">How many buckets there are.</param>
/// <param name="epsilon">A bucket that weighs less than this counts as empty.</param>
internal abstract class HistogramBuckets(int count, double epsilon)
{
    /// <summary>How many buckets there are.</summary>
    public int Count => count;

    /// <summary>A bucket that weighs less than this counts as empty.</summary>
    public double Epsilon => epsilon;

    /// <summary>The bucket of <paramref name="value"/>; the first or the last one when it lies outside.</summary>
    public abstract int IndexOf(double value);

    /// <summary>Where a bucket begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bucket.</exception>
    public abstract double StartOf(int bucket);

    /// <summary>Refuses a bucket that does not exist.</summary>
    protected void Require(int bucket)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bucket);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bucket, count);
    }
}
