namespace KubeLab.Nodes.Serving;

/// <summary>
/// How long answers take: a part that is the same for all, and a part that is exponentially distributed, as in the M/M/1 queue, where that is exact. Where a queue has an end, nobody takes longer
/// than who comes last to a full one.
/// </summary>
/// <param name="FixedSeconds">What each takes at least.</param>
/// <param name="SpreadSeconds">The mean of what comes on top.</param>
/// <param name="LastFixedSeconds">What the last in a full queue takes at least.</param>
/// <param name="LastSpreadSeconds">The mean of what comes on top of that.</param>
public readonly record struct ResponseTime(
    double FixedSeconds, double SpreadSeconds, double LastFixedSeconds = double.PositiveInfinity, double LastSpreadSeconds = 0)
{
    /// <summary>The mean, in seconds.</summary>
    public double MeanSeconds => FixedSeconds + SpreadSeconds;

    /// <summary>What share of the answers takes longer than <paramref name="seconds"/>, from 0 to 1.</summary>
    public double Exceeds(double seconds) => Math.Min(Exceeds(seconds, FixedSeconds, SpreadSeconds), Exceeds(seconds, LastFixedSeconds, LastSpreadSeconds));

    /// <summary>The time within which <paramref name="share"/> of the answers come (0.95 for the 95th percentile), in seconds.</summary>
    public double Quantile(double share)
    {
        var spreads = -Math.Log(1 - share);
        return Math.Min(FixedSeconds + (SpreadSeconds * spreads), LastFixedSeconds + (LastSpreadSeconds * spreads));
    }

    private static double Exceeds(double seconds, double least, double spread) =>
        seconds <= least ? 1 : spread <= 0 ? 0 : Math.Exp(-(seconds - least) / spread);
}
