using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Requested, used and allocatable of one resource as areas: used is full, requested in vain is hatched, and what nobody asked for is dotted, up to the line of what is allocatable.</summary>
internal static class ResourcePanel
{
    public static Panel Of(
        string key,
        string words,
        ResourceSeries series,
        IReadOnlyList<DateTimeOffset> grid,
        Frame frame,
        bool isFirst,
        double heightPixels = 165)
    {
        var max = new[] { series.Requested, series.Used, series.Allocatable }.Max(one => SeriesWords.Max(one, frame));
        var unit = Unit.For(series.Allocatable.Unit, max);
        var panel = new Panel(key, $"{words} ({unit.Name})", unit, heightPixels);
        Add(
            "requested",
            series.Requested,
            new Line { Color = Palette.Orange, Width = 2, Dash = "dash", Shape = "hv" },
            Palette.Faded(Palette.Orange, 0.08),
            new Pattern("/", Palette.Faded(Palette.Orange, 0.7), Palette.Faded(Palette.Orange, 0.08), 9, 0.12));
        AddIdle();
        var isMeasured = series.Used.Samples.Count > 0 || series.Allocatable.Samples.Count == 0;
        if (isMeasured)
        {
            Add("used", series.Used, new Line { Color = Palette.Blue, Width = 1.5, Shape = "hv" }, Palette.Faded(Palette.Blue, 0.8), null);
        }

        Add("allocatable", series.Allocatable, new Line { Color = Palette.Green, Width = 3, Shape = "hv" }, null, null);
        panel.Sentence = $"{words}: {SeriesWords.Of("requested", series.Requested, unit, frame)}, "
            + (isMeasured ? $"{SeriesWords.Of("used", series.Used, unit, frame)}, " : "") + $"{SeriesWords.Of("allocatable", series.Allocatable, unit, frame)}.";
        return panel;

        // A closed line: what Plotly fills down to another trace has holes where both are steps.
        void AddIdle()
        {
            var (requested, allocatable) = (Elapsed.Values(series.Requested, grid, unit), Elapsed.Values(series.Allocatable, grid, unit));
            var idle = new Boxes();
            for (var i = 0; i + 1 < grid.Count; i++)
            {
                idle.X.AddRange([Elapsed.Position(grid[i], frame), Elapsed.Position(grid[i + 1], frame)]);
                idle.Y.AddRange([Math.Max(allocatable[i], requested[i]), Math.Max(allocatable[i], requested[i])]);
            }

            for (var i = grid.Count - 2; i >= 0; i--)
            {
                idle.X.AddRange([Elapsed.Position(grid[i + 1], frame), Elapsed.Position(grid[i], frame)]);
                idle.Y.AddRange([requested[i], requested[i]]);
            }

            panel.Traces.Add(new ScatterTrace
            {
                Name = "not requested",
                X = idle.X,
                Y = idle.Y,
                Line = new Line { Color = Palette.Grey, Width = 0 },
                Fill = "toself",
                FillColor = Palette.Faded(Palette.Grey, 0.05),
                FillPattern = new Pattern(".", Palette.Faded(Palette.Grey, 0.6), Palette.Faded(Palette.Grey, 0.05), 9, 0.12),
                LegendGroup = "not requested",
                ShowLegend = isFirst ? null : false,
                HoverInfo = "skip",
            });
        }

        void Add(string name, TimeSeries one, Line line, string? fill, Pattern? pattern)
        {
            var values = Elapsed.Values(one, grid, unit);
            panel.Add(
                new ScatterTrace
                {
                    Name = name,
                    X = [.. grid.Select(at => Elapsed.Position(at, frame))],
                    Y = values,
                    Line = line,
                    Fill = fill is null ? null : "tozeroy",
                    FillColor = fill,
                    FillPattern = pattern,
                    LegendGroup = name,
                    ShowLegend = isFirst ? null : false,
                    HoverTemplate = $"{words} {name} %{{y:,.4~f}} {unit.Name}<extra></extra>",
                },
                max / unit.PerUnit);
            panel.EndLabels.Add(new EndLabel($"{name} {Unit.Plain(values[^1])}", values[^1]));
            panel.Latest.Add(new Reading($"{words} {name}", unit.Text(values[^1] * unit.PerUnit)));
        }
    }
}
