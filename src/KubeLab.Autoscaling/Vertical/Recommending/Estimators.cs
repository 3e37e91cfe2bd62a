namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>An amount of one resource that usage says is needed.</summary>
internal delegate long Estimator(AggregateState state);

/// <summary>The steps from usage to an amount; each takes the one before.</summary>
/// <remarks>Upstream: pkg/recommender/logic/estimator.go.</remarks>
internal static class Estimators
{
    /// <summary>What covers <paramref name="part"/> of the CPU samples.</summary>
    public static Estimator CpuPercentile(double part) => state => Amounts.OfCores(state.Cpu.Percentile(part));

    /// <summary>What covers <paramref name="part"/> of the peaks of memory.</summary>
    public static Estimator MemoryPercentile(double part) => state => Amounts.Of(state.MemoryPeaks.Percentile(part));

    /// <summary>Adds a part of the amount for safety.</summary>
    public static Estimator WithMargin(this Estimator estimator, double fraction) => state =>
    {
        var amount = estimator(state);
        return amount + Amounts.Scaled(amount, fraction);
    };

    /// <summary>Widens a bound while there is little history: times (1 + <paramref name="multiplier"/> / confidence) to the <paramref name="exponent"/>.</summary>
    /// <remarks>With a positive exponent the bound comes down from infinity, with a negative one it goes up from nothing.</remarks>
    public static Estimator WithConfidence(this Estimator estimator, double multiplier, double exponent, TimeSpan interval) => state =>
        Amounts.Scaled(estimator(state), Math.Pow(1 + (multiplier / Confidence(state, interval)), exponent));

    /// <summary>Never less than <paramref name="least"/>.</summary>
    public static Estimator AtLeast(this Estimator estimator, long least) => state => Math.Max(estimator(state), least);

    /// <summary>How many times <paramref name="interval"/> the history is long; a sample a minute is a full history.</summary>
    public static double Confidence(AggregateState state, TimeSpan interval) => Math.Min(
        (double)(state.LastSample - state.FirstSample).Ticks / interval.Ticks,
        state.SampleCount / interval.TotalMinutes);
}
