using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Reports;

/// <summary>Writes what a cell showed, in the richest form a page can hold.</summary>
internal sealed partial class OutputHtml(StringBuilder body)
{
    /// <summary>How many figures were written.</summary>
    public int FigureCount { get; private set; }

    public void Write(CellOutput output, int cell)
    {
        switch (output)
        {
            case StreamOutput stream:
                Text(stream.Text, stream.Name == "stderr" ? "text-output stderr" : "text-output", cell);
                break;
            case DisplayOutput display:
                Bundle(display.Data, cell);
                break;
            case ResultOutput result:
                Bundle(result.Data, cell);
                break;
            case ErrorOutput error:
                Text(string.Join('\n', error.Traceback), "text-output error", cell, "role=\"alert\" ");
                break;
        }
    }

    private void Bundle(MimeBundle data, int cell)
    {
        if (data[MimeTypes.Plotly] is { } figure)
        {
            body.Append(FigureHtml.ToHtml(figure, ++FigureCount, data[MimeTypes.Text]));
        }
        else if ((data[MimeTypes.Svg] ?? data[MimeTypes.Html]) is { } html)
        {
            body.Append(CultureInfo.InvariantCulture,
                $"<div class=\"html-output\" tabindex=\"0\" role=\"group\" aria-label=\"Output of cell {cell}\">{html}</div>\n");
        }
        else if (data[MimeTypes.Markdown] is { } markdown)
        {
            body.Append("<div class=\"html-output\">").Append(new MarkdownHtml(null).ToHtml(markdown)).Append("</div>\n");
        }
        else if (data["image/png"] is { } png)
        {
            var alt = HtmlReport.Encode(data[MimeTypes.Text] ?? string.Create(CultureInfo.InvariantCulture, $"Picture of cell {cell}"));
            body.Append($"<img class=\"html-output\" alt=\"{alt}\" src=\"data:image/png;base64,{png.Trim()}\">\n");
        }
        else if ((data[MimeTypes.Text] ?? data.Entries.FirstOrDefault()?.Text) is { Length: > 0 } text)
        {
            Text(text, "text-output", cell);
        }
    }

    private void Text(string text, string css, int cell, string attributes = "")
    {
        var role = attributes.Length > 0 ? attributes : "role=\"group\" ";
        body.Append(CultureInfo.InvariantCulture, $"<pre class=\"{css}\" tabindex=\"0\" {role}aria-label=\"Output of cell {cell}\">");
        body.Append(HtmlReport.Encode(AnsiColour().Replace(text.TrimEnd('\n'), ""))).Append("</pre>\n");
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex AnsiColour();
}
