using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>How long a write takes against the number of members: median, 95th and 99th percentile, with a panel for each condition.</summary>
/// <seealso href="https://etcd.io/docs/v3.5/op-guide/performance/"/>
public static class WriteLatencyChart
{
    private static readonly (string Words, Func<LatencyPoint, double> Value, string Color, string? Dash, string Symbol)[] Looks =
    [
        ("median", p => p.Median, Palette.Blue, null, "circle"),
        ("95 of 100 writes", p => p.P95, Palette.Orange, "dash", "diamond"),
        ("99 of 100 writes", p => p.P99, Palette.Vermilion, "dot", "square"),
    ];

    /// <summary>Draws the latencies.</summary>
    /// <param name="curves">The conditions: at least one and at most five, with the same numbers of members.</param>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public static Figure Of(IReadOnlyList<LatencyCurve> curves)
    {
        if (curves.Count is 0 or > PanelStack.PanelsMax || curves[0].Points.Count == 0)
        {
            throw new ArgumentException($"latencies need one to {PanelStack.PanelsMax} conditions, each with points", nameof(curves));
        }

        List<Panel> panels = [.. curves.Select((curve, i) => Draw(curve, i))];
        return PanelStack.AtInstant("How long a write takes", "", panels, MemberAxis.Of([.. curves[0].Points.Select(p => p.Members)]));
    }

    private static Panel Draw(LatencyCurve curve, int index)
    {
        var panel = new Panel($"latency{index + 1}", $"{Wrapped(PlotlyText.Plain(curve.Condition))} (ms)", new Unit("ms", 1), 190);
        foreach (var (words, value, color, dash, symbol) in Looks)
        {
            double[] y = [.. curve.Points.Select(value)];
            panel.Add(
                new ScatterTrace
                {
                    Name = words,
                    X = [.. curve.Points.Select(p => (double)p.Members)],
                    Y = y,
                    Mode = "lines+markers",
                    Line = new Line { Color = color, Width = 2, Dash = dash },
                    Marker = new Marker { Symbol = symbol, Size = 9, Color = color },
                    LegendGroup = words,
                    ShowLegend = index == 0 ? null : false,
                    HoverTemplate = $"{words} %{{y:,.1~f}} ms<extra></extra>",
                },
                y.Max());
            panel.EndLabels.Add(new EndLabel(words.Replace(" writes", "", StringComparison.Ordinal), y[^1]));
        }

        var (first, last) = (curve.Points[0], curve.Points[^1]);
        panel.Sentence = $"{curve.Condition}: a median write takes {Unit.Plain(first.Median)} ms with {first.Members} and {Unit.Plain(last.Median)} ms with {last.Members}, "
            + $"99 of 100 take at most {Unit.Plain(first.P99)} and {Unit.Plain(last.P99)} ms.";
        panel.Latest.AddRange(curve.Points.Select(p => new Reading($"{curve.Condition}, {p.Members}", $"{Unit.Plain(p.Median)} / {Unit.Plain(p.P95)} / {Unit.Plain(p.P99)} ms")));
        return panel;
    }

    /// <summary>Long words stand in two lines, or they would reach into the next panel.</summary>
    private static string Wrapped(string words)
    {
        var middle = words.Length > 14 ? words.IndexOf(' ', words.Length / 2) : -1;
        return middle < 0 ? words : $"{words[..middle]}<br>{words[(middle + 1)..]}";
    }
}
