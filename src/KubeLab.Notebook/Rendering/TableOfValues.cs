using System.Reflection;
using System.Text;

namespace KubeLab.Notebook.Rendering;

/// <summary>Rows of values as a table, for people who return a list of records from a cell.</summary>
internal sealed class TableOfValues
{
    public const int MaxRows = 200;
    private const int MaxCellLength = 200;
    private readonly List<string> headers;
    private readonly List<string[]> rows;
    private readonly bool isCut;

    private TableOfValues(List<string> headers, List<string[]> rows, bool isCut)
    {
        this.headers = headers;
        this.rows = rows;
        this.isCut = isCut;
    }

    /// <summary>One row per item, one column per public property of the items' type.</summary>
    public static TableOfValues OfRows(IReadOnlyList<object?> items)
    {
        var properties = Properties(items.First(item => item is not null)!.GetType());
        var isUniform = properties.Length > 0 && items.All(item => item is null || properties[0].DeclaringType!.IsInstanceOfType(item));
        var shown = items.Take(MaxRows);
        return isUniform
            ? new([.. properties.Select(p => p.Name)], [.. shown.Select(item => Cells(item, properties))], items.Count > MaxRows)
            : new(["Value"], [.. shown.Select(item => new[] { Cell(item) })], items.Count > MaxRows);
    }

    /// <summary>One row per public property of <paramref name="value"/>.</summary>
    public static TableOfValues OfProperties(object value)
    {
        var properties = Properties(value.GetType());
        return new(["Property", "Value"], [.. properties.Zip(Cells(value, properties), (p, cell) => new[] { p.Name, cell })], isCut: false);
    }

    public string ToHtml()
    {
        var html = new StringBuilder("<table><thead><tr>");
        headers.ForEach(header => html.Append("<th scope=\"col\">").Append(ValueFormatter.Encode(header)).Append("</th>"));
        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            Array.ForEach(row, cell => html.Append("<td>").Append(ValueFormatter.Encode(cell)).Append("</td>"));
            html.Append("</tr>");
        }

        return html.Append("</tbody></table>").Append(isCut ? $"<p>The first {MaxRows} rows.</p>" : "").ToString();
    }

    /// <summary>Columns padded with blanks, as kubectl prints its tables.</summary>
    public string ToText()
    {
        var widths = headers.Select((header, i) => rows.Select(row => row[i].Length).Append(header.Length).Max()).ToArray();
        var lines = rows.Prepend([.. headers])
            .Select(row => string.Concat(row.Select((cell, i) => cell.PadRight(widths[i] + 3))).TrimEnd());
        return string.Join('\n', lines) + (isCut ? $"\n(the first {MaxRows} rows)" : "");
    }

    private static PropertyInfo[] Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0)];

    private static string[] Cells(object? item, PropertyInfo[] properties) =>
        [.. properties.Select(p => item is null ? "" : Cell(p.GetValue(item)))];

    private static string Cell(object? value)
    {
        var text = value switch
        {
            System.Collections.IEnumerable items and not string =>
                string.Join(", ", items.Cast<object?>().Take(20).Select(ValueFormatter.PlainText)),
            _ => ValueFormatter.PlainText(value),
        };
        text = text.ReplaceLineEndings(" ");
        return text.Length > MaxCellLength ? text[..MaxCellLength] + "…" : text;
    }
}
