namespace KubeLab.Charts.Plotly;

/// <summary>A style: backgrounds, letters and grid lines. Colours of data are the same in both, and readable on both.</summary>
/// <param name="Layout">The defaults that it gives to a figure's layout.</param>
/// <seealso href="https://plotly.com/javascript/layout-template/"/>
public sealed record Template(Layout Layout)
{
    private const string Letters = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    /// <summary>Dark letters on white.</summary>
    public static Template Light { get; } = Of(Palette.LightBackground, Palette.LightText, grid: "#E3E7EC", strong: "#6B7683");

    /// <summary>Light letters on near black.</summary>
    public static Template Dark { get; } = Of(Palette.DarkBackground, Palette.DarkText, grid: "#2B333E", strong: "#8A96A5");

    private static Template Of(string background, string text, string grid, string strong)
    {
        var axis = new Axis { GridColor = grid, LineColor = strong, ZeroLineColor = strong, SpikeColor = strong };
        return new Template(new Layout
        {
            PaperBackground = background,
            PlotBackground = background,
            Font = new Font(text, 12, Letters),
            XAxis = axis,
            YAxis = axis,
            HoverLabel = new HoverLabel(background, strong, new Font(text, 12)),
            AnnotationDefaults = new Annotation { ShowArrow = false, Font = new Font(text, 11) },
            ShapeDefaults = new Shape { Line = new Line { Color = strong, Width = 1 } },
            Legend = new Legend { BgColor = background },
        });
    }
}
