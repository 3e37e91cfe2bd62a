namespace KubeLab.Charts.Plotly;

/// <summary>One axis of a picture.</summary>
/// <seealso href="https://plotly.com/javascript/reference/layout/xaxis/"/>
public sealed record Axis
{
    /// <summary>What is measured, and its unit.</summary>
    public AxisTitle? Title { get; init; }

    /// <summary><c>linear</c>, <c>log</c>, or <c>date</c> for simulated time.</summary>
    public string? Type { get; init; }

    /// <summary>The two ends; on a <c>log</c> axis their exponents of ten.</summary>
    public IReadOnlyList<double>? Range { get; init; }

    /// <summary>The part of the picture that the axis spans, two numbers from 0 to 1.</summary>
    public IReadOnlyList<double>? Domain { get; init; }

    /// <summary>The axis that this one sits on.</summary>
    public string? Anchor { get; init; }

    /// <summary>How tick labels are written, in d3's notation.</summary>
    public string? TickFormat { get; init; }

    /// <summary>Other notations for the zoom levels they name.</summary>
    public IReadOnlyList<TickFormatStop>? TickFormatStops { get; init; }

    /// <summary>Where ticks sit, when they are named ones.</summary>
    public IReadOnlyList<double>? TickVals { get; init; }

    /// <summary>Their names.</summary>
    public IReadOnlyList<string>? TickText { get; init; }

    /// <summary>The slope of tick labels in degrees.</summary>
    public double? TickAngle { get; init; }

    /// <summary>About how many ticks to draw at most.</summary>
    public int? NTicks { get; init; }

    /// <summary><c>outside</c>, or empty for no tick strokes.</summary>
    public string? Ticks { get; init; }

    /// <summary>Null shows the labels of ticks.</summary>
    public bool? ShowTickLabels { get; init; }

    /// <summary>Makes room for long tick labels.</summary>
    public bool? AutoMargin { get; init; }

    /// <summary>Draws lines across the picture.</summary>
    public bool? ShowGrid { get; init; }

    /// <summary>Emphasises zero.</summary>
    public bool? ZeroLine { get; init; }

    /// <summary>Keeps the axis in place while zooming.</summary>
    public bool? FixedRange { get; init; }

    /// <summary>How hovering writes positions, in d3's notation.</summary>
    public string? HoverFormat { get; init; }

    /// <summary>Draws a line through all panels at the pointer.</summary>
    public bool? ShowSpikes { get; init; }

    /// <summary><c>across</c> lets that line cross the whole picture.</summary>
    public string? SpikeMode { get; init; }

    /// <summary>Its thickness in pixels.</summary>
    public double? SpikeThickness { get; init; }

    /// <summary>Its dashes.</summary>
    public string? SpikeDash { get; init; }

    /// <summary>Its colour.</summary>
    public string? SpikeColor { get; init; }

    /// <summary>The colour of the axis line and its ticks.</summary>
    public string? LineColor { get; init; }

    /// <summary>The colour of lines across the picture.</summary>
    public string? GridColor { get; init; }

    /// <summary>The colour of the line at zero.</summary>
    public string? ZeroLineColor { get; init; }
}

/// <summary>The words at an axis.</summary>
/// <param name="Text">What is measured, and its unit.</param>
/// <param name="Standoff">The distance from tick labels in pixels.</param>
public sealed record AxisTitle(string Text, double? Standoff = null);

/// <summary>A notation of ticks for one zoom level.</summary>
/// <param name="DTickRange">The least and greatest distance of ticks, in milliseconds, for which it holds; null is open.</param>
/// <param name="Value">The notation, as d3 has it.</param>
public sealed record TickFormatStop(IReadOnlyList<double?> DTickRange, string Value);
