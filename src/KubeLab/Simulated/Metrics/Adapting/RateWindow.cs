namespace KubeLab.Simulated.Metrics.Adapting;

/// <summary>The rate of a counter over a window, from samples that do not fill it exactly.</summary>
/// <remarks>
/// As Prometheus' <c>rate()</c>: a fall of the counter is a restart; what lies before the first and behind the last sample is extrapolated if it is no more than a usual gap between two samples, else
/// half a gap of it; and a counter is not extrapolated below zero.
/// </remarks>
/// <seealso href="https://prometheus.io/docs/prometheus/latest/querying/functions/#rate">rate()</seealso>
public static class RateWindow
{
    // A gap may be a tenth longer than the usual one.
    private const double GapTolerance = 1.1;

    /// <summary>The rate per second; null with less than two samples in the window.</summary>
    /// <param name="samples">In the order of their times.</param>
    /// <param name="now">The end of the window.</param>
    /// <param name="window">Its length.</param>
    public static double? PerSecond(IReadOnlyList<Sample> samples, DateTimeOffset now, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var start = now - window;
        var first = 0;
        while (first < samples.Count && samples[first].At <= start)
        {
            first++;
        }

        var last = samples.Count - 1;
        while (last >= first && samples[last].At > now)
        {
            last--;
        }

        if (last - first < 1)
        {
            return null;
        }

        var increase = Increase(samples, first, last);
        var covered = (samples[last].At - samples[first].At).TotalSeconds;
        var gap = covered / (last - first);
        var before = Extrapolated((samples[first].At - start).TotalSeconds, gap);
        if (increase > 0 && samples[first].Value >= 0)
        {
            before = Math.Min(before, covered * (samples[first].Value / increase));
        }

        var behind = Extrapolated((now - samples[last].At).TotalSeconds, gap);
        return increase * (covered + before + behind) / covered / window.TotalSeconds;
    }

    private static double Increase(IReadOnlyList<Sample> samples, int first, int last)
    {
        var increase = samples[last].Value - samples[first].Value;
        for (var i = first + 1; i <= last; i++)
        {
            increase += samples[i].Value < samples[i - 1].Value ? samples[i - 1].Value : 0;
        }

        return increase;
    }

    private static double Extrapolated(double seconds, double gap) => seconds < gap * GapTolerance ? seconds : gap / 2;
}

/// <summary>What was read at an instant.</summary>
/// <param name="At">When.</param>
/// <param name="Value">What.</param>
public readonly record struct Sample(DateTimeOffset At, double Value);
