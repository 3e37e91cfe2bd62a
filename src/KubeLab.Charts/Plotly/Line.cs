namespace KubeLab.Charts.Plotly;

/// <summary>How a line looks.</summary>
public sealed record Line
{
    /// <summary>A colour of <see cref="Palette"/>.</summary>
    public string? Color { get; init; }

    /// <summary>Thickness in pixels.</summary>
    public double? Width { get; init; }

    /// <summary><c>solid</c> (null), <c>dash</c>, <c>dot</c>, <c>dashdot</c>, <c>longdash</c>.</summary>
    public string? Dash { get; init; }

    /// <summary><c>hv</c> draws steps: a value holds until the next one; null joins points directly.</summary>
    public string? Shape { get; init; }
}
