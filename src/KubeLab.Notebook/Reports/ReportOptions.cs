namespace KubeLab.Notebook.Reports;

/// <summary>What a report needs to know beside the notebook.</summary>
public sealed record ReportOptions
{
    /// <summary>The notebook's folder, from which pictures are read; null leaves them out.</summary>
    public string? Folder { get; init; }

    /// <summary>The page's title; the notebook's first heading when null.</summary>
    public string? Title { get; init; }

    /// <summary>A line at the foot of the page, for example how it was made.</summary>
    public string? Note { get; init; }
}
