using System.Globalization;
using System.Net;
using System.Text;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Reports;

/// <summary>
/// Writes an executed notebook as one HTML file that opens without a network: styles, scripts, pictures and charts are inside.
/// </summary>
/// <remarks>Its twin is <c>jupyter nbconvert --to html</c>.</remarks>
public static class HtmlReport
{
    /// <summary>
    /// What the page may do, for the browser to enforce: no request leaves the file. Scripts are the page's own; a value's HTML may bring
    /// some too.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:";

    /// <summary>The report of <paramref name="notebook"/> as the text of an HTML file.</summary>
    public static string ToHtml(NotebookDocument notebook, ReportOptions options)
    {
        var body = new StringBuilder();
        var outputs = new OutputHtml(body);
        var markdown = new MarkdownHtml(options.Folder);
        var number = 0;
        foreach (var cell in notebook.Cells)
        {
            if (cell is CodeCell code)
            {
                WriteCode(body, outputs, code, ++number, notebook.CodeCellCount);
            }
            else if (cell is MarkdownCell)
            {
                var role = cell.Tags.Count > 0 ? $" {cell.Tags[0]}" : "";
                body.Append($"<section class=\"cell text{Encode(role)}\">").Append(markdown.ToHtml(cell.Source)).Append("</section>\n");
            }
        }

        var title = options.Title ?? (notebook.Title.Length > 0 ? notebook.Title : "Notebook");
        var charts = outputs.FigureCount > 0 ? PlotlyScript.Text : null;
        return Page(notebook, title, options.Note, body.ToString(), markdown.Headings, charts);
    }

    /// <summary>Writes the report to <paramref name="path"/>, making the folder when it is missing.</summary>
    public static void Write(NotebookDocument notebook, string path, ReportOptions options)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(path, ToHtml(notebook, options), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static void WriteCode(StringBuilder body, OutputHtml outputs, CodeCell code, int number, int count)
    {
        var state = code.HasFailed ? " failed" : code.ExecutionCount is null && !string.IsNullOrWhiteSpace(code.Source) ? " not-run" : "";
        var role = code.Tags.Count > 0 ? $" {Encode(code.Tags[0])}" : "";
        var label = state switch { " failed" => ", failed", " not-run" => ", not run", _ => "" };
        var line = code.Outputs.OfType<ErrorOutput>().FirstOrDefault()?.Line ?? 0;
        body.Append(CultureInfo.InvariantCulture,
            $"<div role=\"group\" class=\"cell code{state}{role}\" id=\"cell-{number}\" aria-label=\"Cell {number} of {count}{label}\">\n");
        body.Append(CultureInfo.InvariantCulture,
            $"<div class=\"number\" aria-hidden=\"true\">{number}{(label.Length > 0 ? $"<span>{label[2..]}</span>" : "")}</div>\n");
        body.Append("<pre class=\"source\" tabindex=\"0\" role=\"group\" aria-label=\"Source\"><code>")
            .Append(CSharpHighlighter.ToHtml(code.Source, line)).Append("</code></pre>\n");
        foreach (var output in code.Outputs)
        {
            outputs.Write(output, number);
        }

        body.Append("</div>\n");
    }

    private static string Page(NotebookDocument notebook, string title, string? note, string body, IReadOnlyList<ReportHeading> headings,
        string? charts)
    {
        var failed = notebook.Cells.OfType<CodeCell>().Select((cell, i) => (cell, i)).FirstOrDefault(pair => pair.cell.HasFailed);
        var alarm = failed.cell is null ? ""
            : $"<p class=\"alarm\" role=\"status\">Cell {failed.i + 1} failed. <a href=\"#cell-{failed.i + 1}\">Go to the cell</a></p>\n";
        var foot = note is null ? "" : $"<footer><p>{Encode(note)}</p></footer>\n";
        var scripts = charts is null ? "" : $"<script>{charts}</script>\n";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(title)}</title>
            <style>
            {ReportAssets.Css}
            </style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the lesson</a>
            <header class="bar">
            <span class="name">{Encode(title)}</span>
            <button type="button" id="theme" hidden>Dark</button>
            </header>
            <div class="page">
            <nav aria-label="Contents">
            <p class="nav-title">Contents</p>
            {Contents(headings)}
            </nav>
            <main id="content">
            {alarm}{body}</main>
            </div>
            {foot}{scripts}<script>
            {ReportAssets.Script}
            </script>
            </body>
            </html>

            """;
    }

    private static string Contents(IReadOnlyList<ReportHeading> headings)
    {
        var list = new StringBuilder("<ol>");
        foreach (var heading in headings.Where(heading => heading.Level is 2 or 3))
        {
            list.Append(CultureInfo.InvariantCulture,
                $"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Id}\">{Encode(heading.Text)}</a></li>");
        }

        return list.Append("</ol>").ToString();
    }
}
