using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>Whether Spot machines are worth it: the price that a job saves, above the machine time that it loses, by how often machines are taken back.</summary>
public static class SpotChart
{
    /// <summary>Draws both panels.</summary>
    /// <param name="points">The job at each rate, the rates rising.</param>
    /// <param name="note">Which job on which machine.</param>
    /// <exception cref="ArgumentException">There are fewer than two points.</exception>
    public static Figure Of(IReadOnlyList<SpotPoint> points, string note)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count < 2)
        {
            throw new ArgumentException("a line needs at least two rates: give more of them", nameof(points));
        }

        double[] rates = [.. points.Select(p => p.PerHour)];
        var saved = Saved(points);
        Add(saved, "%", "begins anew each time", rates, [.. points.Select(p => p.SavedAnew)], anew: true);
        Add(saved, "%", "with checkpoints", rates, [.. points.Select(p => p.SavedWithCheckpoints)], anew: false);
        saved.Traces.Add(new ScatterTrace
        {
            Name = "the full price",
            X = [rates[0], rates[^1]],
            Y = [0, 0],
            Line = new Line { Color = Palette.Grey, Width = 1.5, Dash = "dot" },
            HoverInfo = "skip",
        });
        var lost = new Panel("lost", "time lost<br>(machine hours)", new Unit("hours", 1), 170)
        {
            Sentence = $"time lost at {Unit.Plain(rates[^1])} an hour: {Unit.Plain(points[^1].LostAnew)} hours without checkpoints, {Unit.Plain(points[^1].LostWithCheckpoints)} with them.",
        };
        Add(lost, "hours", "begins anew each time", rates, [.. points.Select(p => p.LostAnew)], anew: true);
        Add(lost, "hours", "with checkpoints", rates, [.. points.Select(p => p.LostWithCheckpoints)], anew: false);
        foreach (var point in points)
        {
            var rate = $"at {Unit.Plain(point.PerHour)} an hour";
            saved.Latest.Add(new Reading(rate, $"saves {Unit.Plain(point.SavedAnew)} %, with checkpoints {Unit.Plain(point.SavedWithCheckpoints)} %"));
        }

        var axis = new Axis { Title = new AxisTitle("a machine is taken back (times per hour)", 8), Range = [-0.02 * rates[^1], rates[^1] * 1.02], NTicks = 8, TickFormat = ",~f" };
        return PanelStack.AtInstant("Spot machines for a job", "", [saved, lost], axis, note: note);
    }

    private static Panel Saved(IReadOnlyList<SpotPoint> points)
    {
        var (least, most) = (points.Min(p => Math.Min(p.SavedAnew, p.SavedWithCheckpoints)), points.Max(p => Math.Max(p.SavedAnew, p.SavedWithCheckpoints)));
        var room = 0.08 * (Math.Max(most, 0) - Math.Min(least, 0));
        var last = points.LastOrDefault(p => p.SavedAnew > 0);
        return new Panel("saved", "price saved<br>(% of the full price)", new Unit("%", 1), 210)
        {
            Axis = new Axis { Range = [Math.Min(least, 0) - room, Math.Max(most, 0) + room], NTicks = 6, TickFormat = ",~f", ZeroLine = false },
            Sentence = last is null
                ? "begun anew each time, Spot saves nothing at any of these rates."
                : $"begun anew each time, Spot saves {Unit.Plain(points[0].SavedAnew)} % at {Unit.Plain(points[0].PerHour)} an hour and saves something up to {Unit.Plain(last.PerHour)} an hour.",
        };
    }

    private static void Add(Panel panel, string unit, string name, double[] x, double[] y, bool anew)
    {
        var color = anew ? Palette.Vermilion : Palette.Blue;
        panel.Add(
            new ScatterTrace
            {
                Name = name,
                X = x,
                Y = [.. y],
                Mode = "lines+markers",
                Line = new Line { Color = color, Width = 2, Dash = anew ? null : "dash" },
                Marker = new Marker { Color = color, Symbol = anew ? "circle" : "diamond", Size = 8 },
                LegendGroup = name,
                ShowLegend = panel.Key == "saved" ? null : false,
                HoverTemplate = $"{name}: %{{y:.3~g}} {unit}<extra></extra>",
            },
            y.Max());
    }
}
