namespace KubeLab.Charts;

/// <summary>A run in the plane of time and price.</summary>
/// <param name="Label">What was run on, for example <c>12 x e2-standard-4</c>.</param>
/// <param name="Hours">How long it took.</param>
/// <param name="Price">What it cost.</param>
public readonly record struct PlanePoint(string Label, double Hours, double Price);
