using System.Text.Json.Serialization;

namespace KubeLab.Charts.Plotly;

/// <summary>Lines, steps, areas or marks.</summary>
/// <seealso href="https://plotly.com/javascript/reference/scatter/"/>
public sealed record ScatterTrace : Trace
{
    /// <summary><c>lines</c>, <c>markers</c> or both joined by <c>+</c>.</summary>
    public string Mode { get; init; } = "lines";

    /// <summary>How the line looks.</summary>
    public Line? Line { get; init; }

    /// <summary><c>tozeroy</c> fills the area below the line, <c>toself</c> the inside of each closed line; null does not.</summary>
    public string? Fill { get; init; }

    /// <summary>Bars from a point to the least and greatest likely value.</summary>
    [JsonPropertyName("error_y")]
    public ErrorBars? ErrorY { get; init; }

    /// <summary>The colour of the area.</summary>
    public string? FillColor { get; init; }

    /// <summary>A pattern over the area, so that areas differ without colour.</summary>
    public Pattern? FillPattern { get; init; }

    /// <summary>Traces of one group on one axis are stacked in their order.</summary>
    public string? StackGroup { get; init; }

    /// <summary>False draws marks at the edge whole; null cuts them off.</summary>
    public bool? ClipOnAxis { get; init; }

    /// <summary>The opacity of the whole trace, 0 to 1; null is 1.</summary>
    public double? Opacity { get; init; }
}
