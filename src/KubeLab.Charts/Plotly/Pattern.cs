namespace KubeLab.Charts.Plotly;

/// <summary>A hatch over an area, which tells areas apart without colour.</summary>
/// <param name="Shape">One of <c>/ \ x - | + .</c>, or empty for none.</param>
/// <param name="FgColor">The colour of the hatch.</param>
/// <param name="BgColor">The colour between the strokes; null leaves it clear.</param>
/// <param name="Size">The distance of strokes in pixels.</param>
/// <param name="Solidity">The share of the area that strokes cover, 0 to 1.</param>
public sealed record Pattern(string Shape, string? FgColor = null, string? BgColor = null, double? Size = 8, double? Solidity = 0.35)
{
    /// <summary><c>overlay</c> draws strokes in <see cref="FgColor"/>; <c>replace</c> would paint them in the area's own colour.</summary>
    public string FillMode { get; } = "overlay";

    /// <summary>Strokes have their full colour; Plotly would halve it.</summary>
    public double FgOpacity { get; } = 1;
}
