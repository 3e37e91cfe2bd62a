namespace KubeLab.Charts;

/// <summary>The colours of all pictures: told apart by people with any colour vision, and visible on both backgrounds.</summary>
/// <remarks>
/// Hues follow Okabe and Ito; their lightness is moved so that every data colour has a contrast of at least 3:1 (WCAG 1.4.11) against
/// the light and the dark background. Words use the two text colours, at 4.5:1 or more (WCAG 1.4.3). No picture tells things apart by
/// colour alone.
/// </remarks>
/// <seealso href="https://jfly.uni-koeln.de/color/"/>
public static class Palette
{
    /// <summary>The background of light pictures.</summary>
    public const string LightBackground = "#FFFFFF";

    /// <summary>The background of dark pictures.</summary>
    public const string DarkBackground = "#14181F";

    /// <summary>Words on the light background.</summary>
    public const string LightText = "#1F2933";

    /// <summary>Words on the dark background.</summary>
    public const string DarkText = "#E4E7EB";

    /// <summary>Used, running, spent on work.</summary>
    public const string Blue = "#1F7DBF";

    /// <summary>Requested, waiting.</summary>
    public const string Orange = "#B87A00";

    /// <summary>Allocatable, succeeded.</summary>
    public const string Green = "#0B8F6A";

    /// <summary>Failed, warnings.</summary>
    public const string Vermilion = "#D55E00";

    /// <summary>Predictions.</summary>
    public const string Purple = "#B8618F";

    /// <summary>In preparation.</summary>
    public const string Sky = "#4A94C6";

    /// <summary>Idle, ending, unknown.</summary>
    public const string Grey = "#7B8794";

    /// <summary>Crash loops.</summary>
    public const string Brown = "#A0603C";

    /// <summary>All data colours, in the order in which unnamed things take them.</summary>
    public static IReadOnlyList<string> Data { get; } = [Blue, Orange, Green, Vermilion, Purple, Sky, Grey, Brown];

    /// <summary>Hatches in the order in which unnamed areas take them; the first is none.</summary>
    public static IReadOnlyList<string> Patterns { get; } = ["", "/", "\\", "x", ".", "-", "|", "+"];

    /// <summary>Point shapes in the order in which unnamed marks take them.</summary>
    public static IReadOnlyList<string> Symbols { get; } =
    [
        "circle", "diamond", "square", "triangle-up", "cross", "star",
        "triangle-down", "pentagon", "hexagon", "bowtie", "hourglass", "star-diamond",
    ];

    /// <summary>The colour with an opacity, as CSS has it.</summary>
    /// <param name="color">A colour as <c>#RRGGBB</c>.</param>
    /// <param name="opacity">0 (clear) to 1.</param>
    public static string Faded(string color, double opacity)
    {
        var rgb = Convert.FromHexString(color.AsSpan(1));
        return FormattableString.Invariant($"rgba({rgb[0]},{rgb[1]},{rgb[2]},{opacity})");
    }
}
