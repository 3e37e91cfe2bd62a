namespace KubeLab.Charts.Plotly;

/// <summary>Vertical bars.</summary>
/// <seealso href="https://plotly.com/javascript/reference/bar/"/>
public sealed record BarTrace : Trace
{
    /// <summary>The width of each bar, in units of the horizontal axis.</summary>
    public double? Width { get; init; }
}
