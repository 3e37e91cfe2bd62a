using System.Text.Json.Serialization;

namespace KubeLab.Charts.Plotly;

/// <summary>Everything in a picture but its data: title, axes, legend, words and lines on top.</summary>
/// <seealso href="https://plotly.com/javascript/reference/layout/"/>
public sealed record Layout
{
    /// <summary>The heading.</summary>
    public LayoutTitle? Title { get; init; }

    /// <summary>Height in pixels; the width is that of the page.</summary>
    public double? Height { get; init; }

    /// <summary>The room around the panels, in pixels.</summary>
    public Margin? Margin { get; init; }

    /// <summary>The letters.</summary>
    public Font? Font { get; init; }

    /// <summary>The background of the picture.</summary>
    [JsonPropertyName("paper_bgcolor")]
    public string? PaperBackground { get; init; }

    /// <summary>The background of the panels.</summary>
    [JsonPropertyName("plot_bgcolor")]
    public string? PlotBackground { get; init; }

    /// <summary>The horizontal axis, which all panels share.</summary>
    public Axis? XAxis { get; init; }

    /// <summary>The vertical axis of the first panel.</summary>
    public Axis? YAxis { get; init; }

    /// <summary>The vertical axis of the second panel.</summary>
    public Axis? YAxis2 { get; init; }

    /// <summary>The vertical axis of the third panel.</summary>
    public Axis? YAxis3 { get; init; }

    /// <summary>The vertical axis of the fourth panel.</summary>
    public Axis? YAxis4 { get; init; }

    /// <summary>The vertical axis of the fifth panel.</summary>
    public Axis? YAxis5 { get; init; }

    /// <summary>The vertical axis of the sixth panel.</summary>
    public Axis? YAxis6 { get; init; }

    /// <summary>Whether there is a legend; without this Plotly hides it when there is one trace.</summary>
    public bool? ShowLegend { get; init; }

    /// <summary>Where the legend is.</summary>
    public Legend? Legend { get; init; }

    /// <summary><c>stack</c> puts bars on top of each other.</summary>
    public string? BarMode { get; init; }

    /// <summary>The share of room between bars, 0 to 1.</summary>
    public double? BarGap { get; init; }

    /// <summary><c>x unified</c> tells all values at one instant, <c>closest</c> those of one mark.</summary>
    public string? HoverMode { get; init; }

    /// <summary><c>axis</c> moves one time cursor through all panels.</summary>
    public string? HoverSubplots { get; init; }

    /// <summary>The box under the pointer.</summary>
    public HoverLabel? HoverLabel { get; init; }

    /// <summary>Words on top.</summary>
    public IReadOnlyList<Annotation>? Annotations { get; init; }

    /// <summary>Lines on top.</summary>
    public IReadOnlyList<Shape>? Shapes { get; init; }

    /// <summary>In templates: how annotations look unless they say otherwise.</summary>
    public Annotation? AnnotationDefaults { get; init; }

    /// <summary>In templates: how shapes look unless they say otherwise.</summary>
    public Shape? ShapeDefaults { get; init; }

    /// <summary>The style that the figure carries.</summary>
    public Template? Template { get; init; }

    /// <summary>Facts for the page that shows the figure.</summary>
    public Meta? Meta { get; init; }
}

/// <summary>The heading of a picture.</summary>
/// <param name="Text">The heading.</param>
public sealed record LayoutTitle(string Text)
{
    /// <summary>0: at the left edge.</summary>
    public double X { get; }

    /// <summary>Measured over the panels, so that the title lines up with their left end.</summary>
    public string XRef { get; } = "paper";

    /// <summary>The distance from the left end, as an anchor.</summary>
    public string XAnchor { get; } = "left";

    /// <summary>1: at the upper edge.</summary>
    public double Y { get; } = 1;

    /// <summary>Measured over the whole picture.</summary>
    public string YRef { get; } = "container";

    /// <summary>The upper side of the words sits there.</summary>
    public string YAnchor { get; } = "top";

    /// <summary>The room above, in pixels.</summary>
    public TitlePadding Pad { get; init; } = new(14);
}

/// <summary>The room around a title.</summary>
/// <param name="T">Above, in pixels.</param>
public sealed record TitlePadding(double T);

/// <summary>The room around the panels, in pixels.</summary>
/// <param name="L">Left.</param>
/// <param name="R">Right.</param>
/// <param name="T">Above.</param>
/// <param name="B">Below.</param>
public sealed record Margin(double L, double R, double T, double B);

/// <summary>Letters.</summary>
/// <param name="Color">Their colour; null inherits.</param>
/// <param name="Size">Their size in pixels; null inherits.</param>
/// <param name="Family">Their families; null inherits.</param>
public sealed record Font(string? Color = null, double? Size = null, string? Family = null);

/// <summary>The box under the pointer.</summary>
/// <param name="BgColor">Its background.</param>
/// <param name="BorderColor">Its frame.</param>
/// <param name="Font">Its letters.</param>
public sealed record HoverLabel(string? BgColor = null, string? BorderColor = null, Font? Font = null)
{
    /// <summary>Names are never cut.</summary>
    public double NameLength { get; } = -1;
}

/// <summary>Where the legend is: in a row along the lower edge.</summary>
public sealed record Legend
{
    /// <summary><c>h</c>: entries side by side.</summary>
    public string? Orientation { get; init; }

    /// <summary>The place of its left side.</summary>
    public double? X { get; init; }

    /// <summary>Which side sits there.</summary>
    public string? XAnchor { get; init; }

    /// <summary>The place of its upper or lower side; the panels span 0 to 1.</summary>
    public double? Y { get; init; }

    /// <summary>Which side sits there.</summary>
    public string? YAnchor { get; init; }

    /// <summary><c>normal</c> lists entries in the order of traces.</summary>
    public string? TraceOrder { get; init; }

    /// <summary>The background.</summary>
    public string? BgColor { get; init; }
}

/// <summary>Facts for the page that shows a figure.</summary>
/// <param name="Alt">A sentence that says what the picture shows.</param>
/// <param name="Dark">The template for dark pages; <c>layout.template</c> holds the light one.</param>
public sealed record Meta(string Alt, Template Dark);
