using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace KubeLab.Charts.Formatting;

/// <summary>HTML that draws the figure with whatever Plotly the page has, and shows words and a table where there is none.</summary>
internal static class FigureHtml
{
    public static void Write(Figure figure, TextWriter writer)
    {
        // The name comes from the content, so the same figure gives the same bytes; two equal ones on a page are told apart by "drawn".
        var json = figure.ToJson();
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 6));
        writer.Write($"<div class=\"kubelab-figure\" data-figure=\"{name}\">");
        WriteWords(figure, writer);
        writer.Write("</div>\n<script>");
        writer.Write(FigureScript.Draw.Replace("$NAME", name, StringComparison.Ordinal).Replace("$FIGURE", json, StringComparison.Ordinal));
        writer.Write("</script>");
    }

    private static void WriteWords(Figure figure, TextWriter writer)
    {
        writer.Write($"<p><strong>{WebUtility.HtmlEncode(figure.Title)}</strong></p><p>{WebUtility.HtmlEncode(figure.Alt)}</p>");
        if (figure.Latest.Count == 0)
        {
            return;
        }

        writer.Write("<table><thead><tr><th>Series</th><th>Newest value</th></tr></thead><tbody>");
        foreach (var reading in figure.Latest)
        {
            writer.Write($"<tr><td>{WebUtility.HtmlEncode(reading.Name)}</td><td>{WebUtility.HtmlEncode(reading.Value)}</td></tr>");
        }

        writer.Write("</tbody></table>");
    }
}
