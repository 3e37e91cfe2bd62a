namespace KubeLab.Charts;

/// <summary>What came of one policy over all seeds.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Cost">In the currency of the figure.</param>
/// <param name="P95">The 95th percentile of latency, in milliseconds.</param>
/// <param name="ErrorPercent">Requests that went wrong, of 100.</param>
/// <param name="ScaleEvents">How often the wanted number of copies changed.</param>
public sealed record PolicyResult(string Policy, MeasuredBand Cost, MeasuredBand P95, MeasuredBand ErrorPercent, MeasuredBand ScaleEvents);
