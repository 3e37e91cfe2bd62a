using System.Net;
using System.Text;

namespace KubeLab.Formatting;

/// <summary>A small table as text and as HTML: the first column is words, the others are numbers.</summary>
internal sealed class ShownTable(string caption, params IReadOnlyList<string> heads)
{
    private readonly List<IReadOnlyList<string>> rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params IReadOnlyList<string> cells) => rows.Add(cells);

    /// <inheritdoc/>
    public override string ToString()
    {
        int[] widths = [.. heads.Select((head, i) => rows.Select(row => row[i].Length).Append(head.Length).Max())];
        var text = new StringBuilder(caption);
        foreach (var row in rows.Prepend(heads))
        {
            var line = string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])));
            text.Append('\n').Append(line.TrimEnd());
        }

        return text.ToString();
    }

    public string ToHtml()
    {
        var html = new StringBuilder($"<table class=\"kubelab-table\"><caption>{WebUtility.HtmlEncode(caption)}</caption><thead><tr>");
        foreach (var head in heads)
        {
            html.Append($"<th scope=\"col\">{WebUtility.HtmlEncode(head)}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append($"<tr><th scope=\"row\">{WebUtility.HtmlEncode(row[0])}</th>");
            foreach (var cell in row.Skip(1))
            {
                html.Append($"<td>{WebUtility.HtmlEncode(cell)}</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }
}
