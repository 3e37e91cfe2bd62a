namespace KubeLab.Charts.Plotly;

/// <summary>Words at a place in a picture.</summary>
/// <seealso href="https://plotly.com/javascript/reference/layout/annotations/"/>
public sealed record Annotation
{
    /// <summary>The words.</summary>
    public string? Text { get; init; }

    /// <summary>The place, in units of <see cref="XRef"/>.</summary>
    public double? X { get; init; }

    /// <summary>The place, in units of <see cref="YRef"/>.</summary>
    public double? Y { get; init; }

    /// <summary>An axis, or <c>paper</c>: 0 is the left end of the panels, 1 the right one.</summary>
    public string? XRef { get; init; }

    /// <summary>An axis, or <c>paper</c>: 0 is the lower end of the panels, 1 the upper one.</summary>
    public string? YRef { get; init; }

    /// <summary>Which side of the words sits at the place.</summary>
    public string? XAnchor { get; init; }

    /// <summary>Which side of the words sits at the place.</summary>
    public string? YAnchor { get; init; }

    /// <summary>Pixels to the right of the place.</summary>
    public double? XShift { get; init; }

    /// <summary>Pixels above the place.</summary>
    public double? YShift { get; init; }

    /// <summary>Whether an arrow points at the place.</summary>
    public bool? ShowArrow { get; init; }

    /// <summary>What hovering over the words says.</summary>
    public string? HoverText { get; init; }

    /// <summary>The letters; null takes the template's.</summary>
    public Font? Font { get; init; }
}
