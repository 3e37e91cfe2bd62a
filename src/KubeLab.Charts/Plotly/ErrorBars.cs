namespace KubeLab.Charts.Plotly;

/// <summary>How uncertain points are: a bar around each.</summary>
/// <param name="Array">How far each bar reaches up.</param>
/// <param name="ArrayMinus">How far each bar reaches down.</param>
/// <param name="Color">Its colour.</param>
/// <seealso href="https://plotly.com/javascript/reference/scatter/#scatter-error_y"/>
public sealed record ErrorBars(IReadOnlyList<double> Array, IReadOnlyList<double> ArrayMinus, string Color)
{
    /// <summary><c>data</c>: lengths are given for each point.</summary>
    public string Type { get; } = "data";

    /// <summary>Up and down may differ.</summary>
    public bool Symmetric { get; }

    /// <summary>Its thickness in pixels.</summary>
    public double Thickness { get; } = 1.5;

    /// <summary>The width of its ends in pixels.</summary>
    public double Width { get; } = 5;
}
