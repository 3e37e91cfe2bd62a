namespace KubeLab.Charts.Plotly;

/// <summary>A straight line across a picture.</summary>
/// <seealso href="https://plotly.com/javascript/reference/layout/shapes/"/>
public sealed record Shape
{
    /// <summary>Always <c>line</c>.</summary>
    public string? Type { get; init; }

    /// <summary>An axis, or <c>paper</c>.</summary>
    public string? XRef { get; init; }

    /// <summary>An axis, or <c>paper</c>.</summary>
    public string? YRef { get; init; }

    /// <summary>Where it starts.</summary>
    public double? X0 { get; init; }

    /// <summary>Where it ends.</summary>
    public double? X1 { get; init; }

    /// <summary>Where it starts.</summary>
    public double? Y0 { get; init; }

    /// <summary>Where it ends.</summary>
    public double? Y1 { get; init; }

    /// <summary>How it looks.</summary>
    public Line? Line { get; init; }
}
