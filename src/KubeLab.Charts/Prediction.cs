using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>A learner's guess from before the run, drawn as a dotted line over what happened.</summary>
/// <param name="Label">What the line is called, for example <c>my guess</c>.</param>
/// <param name="Curve">
/// The guess over time, in the unit of the series it is compared with (bytes, not GiB). One sample is a value that holds throughout.
/// </param>
/// <param name="Panel">The key of the panel, for example <c>memory</c>; null is the first panel.</param>
public sealed record Prediction(string Label, IReadOnlyList<Sample> Curve, string? Panel = null)
{
    /// <summary>A guess that one value holds, or will be reached.</summary>
    public static Prediction Of(string label, double value, string? panel = null) =>
        new(label, [new Sample(DateTimeOffset.MinValue, value)], panel);
}
