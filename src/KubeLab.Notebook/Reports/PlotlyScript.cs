namespace KubeLab.Notebook.Reports;

/// <summary>The charting library, which the build fetched from npm and put into this assembly.</summary>
/// <seealso href="https://plotly.com/javascript/">Plotly for JavaScript</seealso>
public static class PlotlyScript
{
    /// <summary>The script, or null when the build had no npm; figures are then shown as tables.</summary>
    public static string? Text => Cached.Value;

    // "</script" inside the library's texts would end the page's script element early.
    private static readonly Lazy<string?> Cached =
        new(() => ReportAssets.Read("plotly-basic.min.js")?.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase));
}
