using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Reports;

/// <summary>A Plotly figure in the page: a place for the chart, its data as a table, and words for those who see neither.</summary>
internal static partial class FigureHtml
{
    public static string ToHtml(string json, int number, string? text)
    {
        using var document = JsonDocument.Parse(json);
        var figure = document.RootElement;
        var layout = Property(figure, "layout");
        var title = TextOf(Property(layout, "title")) ?? $"Figure {number}";
        var meta = Property(layout, "meta");
        var alt = TextOf(Property(meta, "alt")) ?? TextOf(Property(meta, "description")) ?? TextOf(Property(figure, "description"))
            ?? (text is { Length: > 0 and < 400 } ? text : Plain(title));
        var height = Property(layout, "height") is { ValueKind: JsonValueKind.Number } h ? Math.Clamp(h.GetDouble(), 160, 2000) : 420;
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<figure class=\"chart\" id=\"figure-{number}\">\n");
        if (PlotlyScript.Text is null)
        {
            html.Append("<p class=\"note\">This report was made without the charting library. ")
                .Append("Install Node 20 with npm, build the lab again, and charts appear here.</p>\n");
        }
        else
        {
            var label = HtmlReport.Encode(Plain(title));
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"plot\" role=\"group\" aria-label=\"{label}\" ");
            html.Append(CultureInfo.InvariantCulture, $"aria-describedby=\"words-{number}\" style=\"height:{height:0}px\"></div>\n");

            // "<" is written as an escape so that no text of the figure can end the script element.
            html.Append("<script type=\"application/json\">").Append(json.Replace("<", "\\u003c", StringComparison.Ordinal))
                .Append("</script>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"<figcaption id=\"words-{number}\">").Append(HtmlReport.Encode(alt))
            .Append("</figcaption>\n");
        var open = PlotlyScript.Text is null ? " open" : "";
        html.Append(CultureInfo.InvariantCulture,
            $"<details class=\"figure-data\"{open}><summary>Data of the figure as a table</summary>\n");
        return html.Append(FigureTable.ToHtml(figure, Plain(title))).Append("</details>\n</figure>\n").ToString();
    }

    /// <summary>Plotly writes a text either as it is or as <c>{"text": …}</c>.</summary>
    internal static string? TextOf(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } holder => TextOf(Property(holder, "text")),
        _ => null,
    };

    internal static JsonElement? Property(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } holder && holder.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Plotly lets titles hold a little HTML, such as <c>&lt;b&gt;</c>.</summary>
    private static string Plain(string title) => Tag().Replace(title, "");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
