using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Usage and requests of one resource over the band between the bounds of what is recommended.</summary>
internal static class RecommendationPanel
{
    // The upper bound begins beyond all bounds; what lies above this many times the rest says only "far above".
    private const double Headroom = 1.6;

    public static Panel Of(string key, string words, RecommendationSeries series, IReadOnlyList<DateTimeOffset> grid, Frame frame, bool isFirst, double heightPixels)
    {
        var rest = new[] { series.UsedMax, series.Requested, series.Target, series.Lower }.Max(one => SeriesWords.Max(one, frame));
        var max = Math.Min(rest * Headroom, Math.Max(rest, SeriesWords.Max(series.Upper, frame)));
        var unit = Unit.For(series.Used.Unit, max);
        var panel = new Panel(key, $"{words}<br>({unit.Name})", unit, heightPixels);
        Add(series.Lower, new Line { Color = Palette.Faded(Palette.Green, 0.9), Width = 1, Dash = "dot", Shape = "hv" }, null, null, isNamed: true);
        Add(series.Upper, new Line { Color = Palette.Faded(Palette.Green, 0.9), Width = 1, Dash = "dash", Shape = "hv" }, "tonexty", Palette.Faded(Palette.Green, 0.12), isNamed: true);
        Add(series.Target, new Line { Color = Palette.Green, Width = 2.5, Shape = "hv" }, null, null, isNamed: true);
        Add(series.Requested, new Line { Color = Palette.Orange, Width = 2, Dash = "dash", Shape = "hv" }, null, null, isNamed: true);
        Add(series.UsedMax, new Line { Color = Palette.Faded(Palette.Blue, 0.45), Width = 1, Shape = "hv" }, null, null, isNamed: false);
        Add(series.Used, new Line { Color = Palette.Blue, Width = 2, Shape = "hv" }, null, null, isNamed: true);
        panel.Sentence = $"{words}: {SeriesWords.Of("used", series.Used, unit, frame)}, {SeriesWords.Of("requested", series.Requested, unit, frame)}, {SeriesWords.Of("target", series.Target, unit, frame)}.";
        return panel;

        void Add(TimeSeries one, Line line, string? fill, string? fillColor, bool isNamed)
        {
            var values = Elapsed.Values(one, grid, unit);
            var top = max / unit.PerUnit * 1.06;
            var latest = values[^1];
            for (var i = 0; i < values.Length; i++)
            {
                // Before the first recommendation there is none, which is not the same as nothing.
                values[i] = one.Samples.Count == 0 || grid[i] < one.Samples[0].At ? double.NaN : Math.Min(values[i], top);
            }

            panel.Add(
                new ScatterTrace
                {
                    Name = one.Name,
                    X = [.. grid.Select(at => Elapsed.Position(at, frame))],
                    Y = values,
                    Line = line,
                    Fill = fill,
                    FillColor = fillColor,
                    LegendGroup = one.Name,
                    ShowLegend = isFirst ? null : false,
                    HoverTemplate = $"{words} {one.Name} %{{y:,.4~f}} {unit.Name}<extra></extra>",
                },
                max / unit.PerUnit);
            if (!double.IsFinite(values[^1]))
            {
                return;
            }

            panel.Latest.Add(new Reading($"{words} {one.Name}", latest > top ? $"more than {unit.Text(max)}" : unit.Text(latest * unit.PerUnit)));
            if (isNamed && latest <= top)
            {
                panel.EndLabels.Add(new EndLabel($"{one.Name} {Unit.Plain(latest)}", latest));
            }
        }
    }
}
