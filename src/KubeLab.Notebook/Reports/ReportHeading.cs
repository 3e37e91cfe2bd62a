namespace KubeLab.Notebook.Reports;

/// <summary>A heading that the table of contents links to.</summary>
internal sealed record ReportHeading(int Level, string Text, string Id);
