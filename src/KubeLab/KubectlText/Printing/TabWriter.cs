using System.Text;

namespace KubeLab.KubectlText.Printing;

/// <summary>Lays out cells that end with a tab in columns: neighbouring lines that both have a cell share its width.</summary>
/// <remarks>The rule of Go's elastic tabstops: a column is a block of consecutive lines, so a line without tabs ends all columns.</remarks>
/// <param name="minWidth">The least width of a column.</param>
/// <param name="padding">Spaces between a column's widest cell and the next column.</param>
/// <param name="remembersWidths">Whether columns never get narrower from one flush to the next, as in a watch.</param>
/// <seealso href="https://pkg.go.dev/text/tabwriter">text/tabwriter</seealso>
internal sealed class TabWriter(int minWidth, int padding, bool remembersWidths = false)
{
    private readonly StringBuilder pending = new();
    private readonly StringBuilder output = new();
    private readonly List<int> remembered = [];

    /// <summary>As <c>kubectl get</c> lays out tables.</summary>
    public static TabWriter ForTables() => new(minWidth: 6, padding: 3, remembersWidths: true);

    /// <summary>As <c>kubectl describe</c> lays out its lines.</summary>
    public static TabWriter ForDescriptions() => new(minWidth: 0, padding: 2);

    /// <summary>Adds text; cells end with a tab, lines with a line feed.</summary>
    public void Write(string text) => pending.Append(text);

    /// <summary>Lays out what has been written, and starts new columns.</summary>
    public void Flush()
    {
        var lines = pending.ToString().Split('\n').Select(line => line.Split('\t')).ToList();
        pending.Clear();
        Format(lines, 0, lines.Count, []);

        // The last piece is not ended by a line feed, so it must not get one.
        output.Length -= output.Length > 0 ? 1 : 0;
    }

    /// <summary>Forgets the remembered widths.</summary>
    public void ForgetWidths() => remembered.Clear();

    /// <summary>Flushes, and takes the text that was laid out.</summary>
    public string Take()
    {
        Flush();
        var text = output.ToString();
        output.Clear();
        return text;
    }

    private void Format(List<string[]> lines, int from, int to, List<int> widths)
    {
        var column = widths.Count;
        for (var at = from; at < to; at++)
        {
            if (column >= lines[at].Length - 1)
            {
                continue;
            }

            Print(lines, from, at, widths);
            from = at;
            var width = minWidth;
            for (; at < to && column < lines[at].Length - 1; at++)
            {
                width = Math.Max(width, WidthOf(lines[at][column]) + padding);
            }

            widths.Add(Remember(column, width));
            Format(lines, from, at, widths);
            widths.RemoveAt(column);
            from = at;
        }

        Print(lines, from, to, widths);
    }

    private int Remember(int column, int width)
    {
        if (!remembersWidths)
        {
            return width;
        }

        if (remembered.Count == column)
        {
            remembered.Add(width);
        }

        return remembered[column] = Math.Max(remembered[column], width);
    }

    private void Print(List<string[]> lines, int from, int to, List<int> widths)
    {
        for (var at = from; at < to; at++)
        {
            for (var i = 0; i < lines[at].Length; i++)
            {
                var cell = lines[at][i];
                output.Append(cell);
                if (i < widths.Count)
                {
                    output.Append(' ', Math.Max(0, widths[i] - WidthOf(cell)));
                }
            }

            output.Append('\n');
        }
    }

    private static int WidthOf(string cell) => cell.Length - cell.Count(char.IsLowSurrogate);
}
