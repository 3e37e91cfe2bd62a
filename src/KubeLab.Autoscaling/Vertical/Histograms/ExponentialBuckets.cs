namespace KubeLab.Autoscaling.Vertical.Histograms;

/// <summary>Buckets of which each is wider than the one before by the same factor, so that the error is about the same part of any value.</summary>
/// <remarks>Bucket n begins at first × (ratioⁿ − 1) / (ratio − 1), and the last one at the greatest value or above.</remarks>
internal sealed class ExponentialBuckets : HistogramBuckets
{
    private readonly double first;
    private readonly double ratio;

    private ExponentialBuckets(int count, double first, double ratio, double epsilon)
        : base(count, epsilon)
    {
        this.first = first;
        this.ratio = ratio;
    }

    /// <summary>Buckets for values up to <paramref name="max"/>.</summary>
    /// <param name="max">The greatest value that is told from greater ones.</param>
    /// <param name="first">The width of the first bucket.</param>
    /// <param name="ratio">The factor from one bucket's width to the next; more than 1.</param>
    /// <param name="epsilon">A bucket that weighs less counts as empty.</param>
    /// <exception cref="ArgumentException">One of them is out of its range.</exception>
    public static ExponentialBuckets UpTo(double max, double first, double ratio, double epsilon)
    {
        if (!(max > 0 && first > 0 && ratio > 1 && epsilon > 0))
        {
            throw new ArgumentException("maxValue, firstBucketSize and epsilon must be > 0.0, ratio must be > 1.0", nameof(max));
        }

        var count = (int)Math.Ceiling(Log((max * (ratio - 1) / first) + 1, ratio)) + 1;
        return new ExponentialBuckets(count, first, ratio, epsilon);
    }

    /// <inheritdoc/>
    public override int IndexOf(double value) =>
        value < first ? 0 : (int)Math.Min(Log((value * (ratio - 1) / first) + 1, ratio), Count - 1);

    /// <inheritdoc/>
    public override double StartOf(int bucket)
    {
        Require(bucket);
        return bucket == 0 ? 0 : first * (Math.Pow(ratio, bucket) - 1) / (ratio - 1);
    }

    private static double Log(double value, double root) => Math.Log(value) / Math.Log(root);
}
