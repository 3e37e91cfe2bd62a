using System.Text;
using System.Text.Json;

namespace KubeLab.Notebook.Reports;

/// <summary>A figure's traces as tables: what screen readers read, and what is left when there is no charting library.</summary>
internal static class FigureTable
{
    private const int MaxRows = 100;
    private static readonly string[] Columns = ["labels", "x", "y", "values", "z"];

    public static string ToHtml(JsonElement figure, string title)
    {
        var html = new StringBuilder();
        if (FigureHtml.Property(figure, "data") is { ValueKind: JsonValueKind.Array } traces)
        {
            var number = 0;
            foreach (var trace in traces.EnumerateArray())
            {
                WriteTrace(html, trace, FigureHtml.TextOf(FigureHtml.Property(trace, "name")) ?? $"{title}, trace {++number}");
            }
        }

        return html.ToString();
    }

    private static void WriteTrace(StringBuilder html, JsonElement trace, string name)
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

        var count = columns.Max(column => column.values.GetArrayLength());
        html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(HtmlReport.Encode(name)).Append("\"><table class=\"data\"><caption>");
        html.Append(HtmlReport.Encode(name)).Append(count > MaxRows ? $" (every {Step(count)}th of {count} points)" : "").Append("</caption><thead><tr>");
        columns.ForEach(column => html.Append("<th scope=\"col\">").Append(column.key).Append("</th>"));
        html.Append("</tr></thead><tbody>");
        for (var row = 0; row < count; row += Step(count))
        {
            html.Append("<tr>");
            foreach (var (_, values) in columns)
            {
                html.Append("<td>").Append(row < values.GetArrayLength() ? HtmlReport.Encode(values[row].ToString()) : "").Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static int Step(int count) => (count + MaxRows - 1) / MaxRows;
}
