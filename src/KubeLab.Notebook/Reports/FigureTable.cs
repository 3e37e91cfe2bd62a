using System.Globalization;
using System.Text;
using System.Text.Json;

namespace KubeLab.Notebook.Reports;

/// <summary>A figure's traces as tables: what screen readers read, and what is left when there is no charting library.</summary>
internal static class FigureTable
{
    private const int MaxRows = 100;
    private static readonly string[] Columns = ["labels", "x", "y", "values", "z"];

    /// <summary>Charts of elapsed time put their zero here, because Plotly takes small numbers for years.</summary>
    private static readonly DateTimeOffset ElapsedZero = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string ToHtml(JsonElement figure, string title)
    {
        var html = new StringBuilder();
        if (FigureHtml.Property(figure, "data") is { ValueKind: JsonValueKind.Array } traces)
        {
            var xAxis = FigureHtml.Property(FigureHtml.Property(figure, "layout"), "xaxis");
            var hasDates = FigureHtml.TextOf(FigureHtml.Property(xAxis, "type")) == "date";
            var number = 0;
            foreach (var trace in traces.EnumerateArray().Where(IsVisible))
            {
                number++;
                var name = FigureHtml.TextOf(FigureHtml.Property(trace, "name"))
                    ?? string.Create(CultureInfo.InvariantCulture, $"{title}, trace {number}");
                WriteTrace(html, trace, name, hasDates);
            }
        }

        return html.ToString();
    }

    /// <summary>A trace without ink only carries hover texts.</summary>
    private static bool IsVisible(JsonElement trace) =>
        FigureHtml.Property(trace, "opacity") is not { ValueKind: JsonValueKind.Number } opacity || opacity.GetDouble() > 0;

    private static void WriteTrace(StringBuilder html, JsonElement trace, string name, bool hasDates)
    {
        var columns = Columns
            .Select(key => (key, values: FigureHtml.Property(trace, key)))
            .Where(column => column.values is { ValueKind: JsonValueKind.Array })
            .Select(column => (column.key, values: column.values!.Value))
            .ToList();
        if (columns.Count == 0)
        {
            return;
        }

        var label = HtmlReport.Encode(name);
        var count = columns.Max(column => column.values.GetArrayLength());
        var step = (count + MaxRows - 1) / MaxRows;
        var cut = step > 1 ? $" (one of {step} points each, of {count})" : "";
        html.Append($"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">");
        html.Append($"<table class=\"data\"><caption>{label}{cut}</caption><thead><tr>");
        columns.ForEach(column => html.Append("<th scope=\"col\">").Append(column.key).Append("</th>"));
        html.Append("</tr></thead><tbody>");
        for (var row = 0; row < count; row += step)
        {
            html.Append("<tr>");
            foreach (var (key, values) in columns)
            {
                html.Append("<td>").Append(row < values.GetArrayLength() ? Cell(values[row], key == "x" && hasDates) : "").Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static string Cell(JsonElement value, bool isDate)
    {
        if (!isDate || value.ValueKind != JsonValueKind.Number)
        {
            return HtmlReport.Encode(value.ToString());
        }

        var time = DateTimeOffset.FromUnixTimeMilliseconds((long)value.GetDouble());
        return time.Year == ElapsedZero.Year
            ? (time - ElapsedZero).ToString("c", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
