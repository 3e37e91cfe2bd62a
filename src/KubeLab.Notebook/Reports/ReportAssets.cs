namespace KubeLab.Notebook.Reports;

/// <summary>The report's own style and script, which live beside this file.</summary>
internal static class ReportAssets
{
    public static string Css { get; } = Read("report.css")!;

    public static string Script { get; } = Read("report.js")!;

    public static string? Read(string name)
    {
        using var stream = typeof(ReportAssets).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }
}
