using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Requests by what came of them as areas on top of each other, and a line for what was sent.</summary>
internal static class RequestsPanel
{
    public static Panel Of(TrafficSeries traffic, IReadOnlyList<DateTimeOffset> grid, Frame frame, double heightPixels)
    {
        var unit = Unit.For(traffic.Offered.Unit, SeriesWords.Max(traffic.Offered, frame));
        var panel = new Panel("requests", $"requests<br>({unit.Name})", unit, heightPixels);
        TimeSeries[] lost = [.. new[] { traffic.Refused, traffic.TimedOut, traffic.NoEndpoint }.Where(s => SeriesWords.Max(s, frame) > 0)];
        StackedArea.Draw(panel, [traffic.Served, .. lost], grid, frame);
        var sent = Elapsed.Values(traffic.Offered, grid, unit);
        panel.Add(
            new ScatterTrace
            {
                Name = "offered",
                X = [.. grid.Select(at => Elapsed.Position(at, frame))],
                Y = sent,
                Line = new Line { Color = Palette.Green, Width = 2.5, Dash = "dash", Shape = "hv" },
                HoverTemplate = $"offered %{{y:,.4~f}} {unit.Name}<extra></extra>",
            },
            sent.Max());
        panel.EndLabels.Add(new EndLabel($"offered {Unit.Plain(sent[^1])}", sent[^1]));
        panel.Latest.Add(new Reading("offered", unit.Text(sent[^1] * unit.PerUnit)));
        var words = lost.Select(s => SeriesWords.Of(s.Name, s, unit, frame)).DefaultIfEmpty("nothing was lost");
        panel.Sentence = $"Requests: {SeriesWords.Of("offered", traffic.Offered, unit, frame)}, {SeriesWords.Of("served", traffic.Served, unit, frame)}; {string.Join("; ", words)}.";
        return panel;
    }
}
