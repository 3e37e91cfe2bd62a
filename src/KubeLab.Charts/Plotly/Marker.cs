namespace KubeLab.Charts.Plotly;

/// <summary>How a point or a bar looks.</summary>
public sealed record Marker
{
    /// <summary>A colour of <see cref="Palette"/>.</summary>
    public string? Color { get; init; }

    /// <summary>The shape of points, for example <c>diamond-open</c>.</summary>
    public string? Symbol { get; init; }

    /// <summary>The size of points in pixels, one for all or one for each.</summary>
    public MarkerSize? Size { get; init; }

    /// <summary><c>previous</c> turns each point so that it looks away from the one before it, as the head of an arrow.</summary>
    public string? AngleRef { get; init; }

    /// <summary>The outline.</summary>
    public Line? Line { get; init; }

    /// <summary>A pattern over bars.</summary>
    public Pattern? Pattern { get; init; }
}
