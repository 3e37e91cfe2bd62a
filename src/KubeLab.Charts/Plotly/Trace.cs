using System.Text.Json.Serialization;

namespace KubeLab.Charts.Plotly;

/// <summary>One set of marks in a picture, with its own entry in the legend.</summary>
/// <seealso href="https://plotly.com/javascript/reference/"/>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ScatterTrace), "scatter")]
[JsonDerivedType(typeof(BarTrace), "bar")]
public abstract record Trace
{
    /// <summary>What the legend calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Positions along the horizontal axis: simulated milliseconds, a lab starting with the year 1971, or columns.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Positions along the vertical axis, in the unit its title names.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The vertical axis that the trace belongs to: <c>y</c> (null), <c>y2</c>, …</summary>
    public string? YAxis { get; init; }

    /// <summary>Traces of one group share one legend entry and are hidden together.</summary>
    public string? LegendGroup { get; init; }

    /// <summary>Null shows the legend entry.</summary>
    public bool? ShowLegend { get; init; }

    /// <summary>Text per point, used by the hover template.</summary>
    public IReadOnlyList<string>? Text { get; init; }

    /// <summary>Keeps Plotly from drawing bar texts inside; scatter traces leave it null.</summary>
    public string? TextPosition { get; init; }

    /// <summary>What hovering says about a point.</summary>
    public string? HoverTemplate { get; init; }

    /// <summary><c>skip</c> makes a trace silent under the pointer.</summary>
    public string? HoverInfo { get; init; }

    /// <summary>How points, or bars, look.</summary>
    public Marker? Marker { get; init; }
}
