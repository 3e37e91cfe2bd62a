namespace KubeLab.Nodes.Serving;

/// <summary>How many answers took how long, of a whole run: counts by steps of five per cent, which can be added up and subtracted where percentiles cannot.</summary>
/// <remarks>A percentile that it tells is off by at most half a step, 2.5 %. Times below a tenth of a millisecond count as that.</remarks>
public sealed class LatencyHistogram
{
    private const double LeastSeconds = 1e-4;
    private const double Growth = 1.05;

    // Fewer than one in a million are left in the last step.
    private const double TailMin = 1e-6;

    private static readonly double LogGrowth = Math.Log(Growth);
    private readonly List<double> counts = [];

    /// <summary>How many answers there were.</summary>
    public double Count { get; private set; }

    /// <summary>The sum of two.</summary>
    public static LatencyHistogram operator +(LatencyHistogram left, LatencyHistogram right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return Combine(left, right, 1);
    }

    /// <summary>What came since <paramref name="right"/>, an earlier copy of <paramref name="left"/>.</summary>
    public static LatencyHistogram operator -(LatencyHistogram left, LatencyHistogram right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return Combine(left, right, -1);
    }

    /// <summary>The sum of two.</summary>
    public LatencyHistogram Add(LatencyHistogram other) => this + other;

    /// <summary>What came since an earlier copy.</summary>
    public LatencyHistogram Subtract(LatencyHistogram earlier) => this - earlier;

    /// <summary>The time within which <paramref name="share"/> of all answers came, in seconds; <see cref="double.NaN"/> when there are none.</summary>
    /// <param name="share">For example 0.95 for the 95th percentile.</param>
    public double Quantile(double share)
    {
        if (Count <= 0)
        {
            return double.NaN;
        }

        var left = share * Count;
        for (var i = 0; i < counts.Count; i++)
        {
            if (counts[i] > 0 && counts[i] >= left - (1e-9 * Count))
            {
                return Edge(i) * Math.Pow(Growth, Math.Clamp(left / counts[i], 0, 1));
            }

            left -= counts[i];
        }

        return Edge(counts.Count);
    }

    /// <summary>Counts answers whose times are spread like <paramref name="time"/>; nobody waits longer than <paramref name="timeoutSeconds"/>.</summary>
    internal void Add(ResponseTime time, double answers, double timeoutSeconds)
    {
        if (!(answers > 0))
        {
            return;
        }

        Count += answers;
        var above = 1.0;
        for (var i = StepOf(Math.Min(time.Quantile(0), timeoutSeconds)); ; i++)
        {
            var next = Edge(i + 1);
            var exceeds = next >= timeoutSeconds ? 0 : time.Exceeds(next);
            exceeds = exceeds < TailMin ? 0 : exceeds;
            Put(i, (above - exceeds) * answers);
            above = exceeds;
            if (exceeds <= 0)
            {
                return;
            }
        }
    }

    private static LatencyHistogram Combine(LatencyHistogram left, LatencyHistogram right, double sign)
    {
        var both = new LatencyHistogram { Count = Math.Max(left.Count + (sign * right.Count), 0) };
        for (var i = 0; i < Math.Max(left.counts.Count, right.counts.Count); i++)
        {
            var sum = left.counts.ElementAtOrDefault(i) + (sign * right.counts.ElementAtOrDefault(i));
            both.counts.Add(Math.Max(sum, 0));
        }

        return both;
    }

    private static int StepOf(double seconds) => Math.Max((int)Math.Floor(Math.Log(Math.Max(seconds, LeastSeconds) / LeastSeconds) / LogGrowth), 0);

    private static double Edge(int step) => LeastSeconds * Math.Pow(Growth, step);

    private void Put(int step, double count)
    {
        while (counts.Count <= step)
        {
            counts.Add(0);
        }

        counts[step] += count;
    }
}
