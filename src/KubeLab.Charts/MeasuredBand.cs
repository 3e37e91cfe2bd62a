namespace KubeLab.Charts;

/// <summary>A mean, and from where to where single measurements go.</summary>
/// <param name="Mean">The mean; no number when there is none.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
public readonly record struct MeasuredBand(double Mean, double Min, double Max);
