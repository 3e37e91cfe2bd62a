using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>The bill so far, and the rate at which it grows, each in its own panel: two units on one panel mislead.</summary>
internal static class MoneyPanels
{
    public static Panel Total(MoneySeries money, IReadOnlyList<DateTimeOffset> grid, Frame frame, double heightPixels)
    {
        var unit = Unit.For(money.Total.Unit, SeriesWords.Max(money.Total, frame));
        var panel = new Panel("cost", $"cost so far ({unit.Name})", unit, heightPixels);
        AddLine(panel, "cost so far", money.Total, new Line { Color = Palette.Green, Width = 2.5, Shape = "hv" }, null, grid, frame);
        panel.Sentence = money.Total.Samples.Count == 0 ? "Money: no price is known." : $"Money: {SeriesWords.Of("the bill", money.Total, unit, frame)}.";
        return panel;
    }

    public static Panel PerHour(MoneySeries money, IReadOnlyList<DateTimeOffset> grid, Frame frame, double heightPixels)
    {
        var unit = Unit.For(money.PerHour.Unit, SeriesWords.Max(money.PerHour, frame));
        var panel = new Panel("rate", $"burn rate<br>({unit.Name})", unit, heightPixels);
        if (money.Parts.Count > 0)
        {
            StackedArea.Draw(panel, money.Parts, grid, frame, prefix: "rate: ");
        }
        else
        {
            var line = new Line { Color = Palette.Vermilion, Width = 2, Dash = "longdash", Shape = "hv" };
            AddLine(panel, "burn rate", money.PerHour, line, Palette.Faded(Palette.Vermilion, 0.15), grid, frame);
        }

        panel.Sentence = money.PerHour.Samples.Count == 0 && money.Parts.Count == 0 ? "" : $"{SeriesWords.Of("The rate", money.PerHour, unit, frame)}.";
        return panel;
    }

    private static void AddLine(
        Panel panel, string name, TimeSeries series, Line line, string? fill, IReadOnlyList<DateTimeOffset> grid, Frame frame)
    {
        if (series.Samples.Count == 0)
        {
            // Nothing is known, which is not the same as zero.
            return;
        }

        var values = Elapsed.Values(series, grid, panel.Unit);
        panel.Add(
            new ScatterTrace
            {
                Name = name,
                X = [.. grid.Select(at => Elapsed.Position(at, frame))],
                Y = values,
                Line = line,
                Fill = fill is null ? null : "tozeroy",
                FillColor = fill,
                HoverTemplate = $"{name} %{{y:,.4~f}} {panel.Unit.Name}<extra></extra>",
            },
            values.Max());
        panel.EndLabels.Add(new EndLabel($"{name} {Unit.Plain(values[^1])}", values[^1]));
        panel.Latest.Add(new Reading(name, panel.Unit.Text(values[^1] * panel.Unit.PerUnit)));
    }
}
