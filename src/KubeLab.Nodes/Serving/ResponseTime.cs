namespace KubeLab.Nodes.Serving;

/// <summary>How long answers take: a part that is the same for all, and a part that is exponentially distributed, as in the M/M/1 queue, where that is exact.</summary>
/// <param name="FixedSeconds">What each takes at least.</param>
/// <param name="SpreadSeconds">The mean of what comes on top.</param>
public readonly record struct ResponseTime(double FixedSeconds, double SpreadSeconds)
{
    /// <summary>The mean, in seconds.</summary>
    public double MeanSeconds => FixedSeconds + SpreadSeconds;

    /// <summary>What share of the answers takes longer than <paramref name="seconds"/>, from 0 to 1.</summary>
    public double Exceeds(double seconds) =>
        seconds <= FixedSeconds ? 1 : SpreadSeconds <= 0 ? 0 : Math.Exp(-(seconds - FixedSeconds) / SpreadSeconds);

    /// <summary>The time within which <paramref name="share"/> of the answers come (0.95 for the 95th percentile), in seconds.</summary>
    public double Quantile(double share) => FixedSeconds - (SpreadSeconds * Math.Log(1 - share));
}
