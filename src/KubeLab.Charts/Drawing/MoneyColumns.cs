using KubeLab.Charts.Plotly;

namespace KubeLab.Charts.Drawing;

/// <summary>Bars of money side by side, each in its parts; parts differ by hatch as well as by colour, and the sum stands above the bar.</summary>
internal static class MoneyColumns
{
    private static readonly (string Color, string Hatch)[] Looks =
        [(Palette.Blue, ""), (Palette.Orange, "/"), (Palette.Green, "\\"), (Palette.Purple, "x"), (Palette.Grey, "."), (Palette.Vermilion, "-")];

    /// <summary>The panel; parts that are nothing everywhere are left out.</summary>
    /// <param name="columns">The bars.</param>
    /// <param name="parts">What the parts are called, lowest first; six at the most.</param>
    /// <param name="currency">The currency of all of them.</param>
    /// <exception cref="ArgumentException">There is no bar.</exception>
    public static Panel Of(IReadOnlyList<MoneyColumn> columns, IReadOnlyList<string> parts, string currency)
    {
        if (columns.Count == 0)
        {
            throw new ArgumentException("there is no money to draw: nothing was rented in that time", nameof(columns));
        }

        var panel = new Panel("money", $"money ({currency})", new Unit(currency, 1), 330) { Max = columns.Max(c => c.Sum) * 1.04 };
        for (var part = 0; part < parts.Count; part++)
        {
            if (columns.Any(c => c.Parts[part] > 0))
            {
                panel.Traces.Add(Bars(columns, part, parts[part], currency));
            }
        }

        for (var i = 0; i < columns.Count; i++)
        {
            panel.Annotations.Add(new Annotation { Text = PlotlyText.Plain(Sum(columns[i])), XRef = "x", X = i, XAnchor = "center", Y = columns[i].Sum, YAnchor = "bottom" });
            panel.Latest.Add(new Reading(columns[i].Name, $"{Sum(columns[i])} {currency}"));
        }

        return panel;
    }

    /// <summary>The sum of a bar as it stands above it.</summary>
    public static string Sum(MoneyColumn column) => $"{(column.IsWhole ? "" : "> ")}{Unit.Plain(column.Sum)}";

    private static BarTrace Bars(IReadOnlyList<MoneyColumn> columns, int part, string name, string currency)
    {
        var (color, hatch) = Looks[part];
        return new BarTrace
        {
            Name = name,
            X = [.. Enumerable.Range(0, columns.Count).Select(i => (double)i)],
            Y = [.. columns.Select(c => c.Parts[part])],
            Text = [.. columns.Select(c => $"{PlotlyText.Plain(c.Name)}, {name}: {Unit.Plain(c.Parts[part])} {PlotlyText.Plain(currency)}")],
            TextPosition = "none",
            HoverTemplate = "%{text}<extra></extra>",
            Marker = new Marker
            {
                Color = Palette.Faded(color, hatch.Length == 0 ? 0.75 : 0.35),
                Line = new Line { Color = color, Width = 1 },
                Pattern = hatch.Length == 0 ? null : new Pattern(hatch, color, Palette.Faded(color, 0.15)),
            },
        };
    }
}
