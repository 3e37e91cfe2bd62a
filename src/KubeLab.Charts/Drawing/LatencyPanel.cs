using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Percentiles of the time that answers take, as lines that differ by their dashes; a gap where there are no answers.</summary>
internal static class LatencyPanel
{
    // Less apart than this, all can be seen on an even axis.
    private const double WideFrom = 30;

    public static Panel Of(TrafficSeries traffic, IReadOnlyList<DateTimeOffset> grid, Frame frame, double heightPixels, bool logWhenWide = false)
    {
        var unit = Unit.For(traffic.P99.Unit, 0);
        var panel = new Panel("latency", $"latency ({unit.Name})", unit, heightPixels);
        Add(traffic.P50, new Line { Color = Palette.Blue, Width = 2, Shape = "hv" });
        Add(traffic.P95, new Line { Color = Palette.Orange, Width = 2, Dash = "dash", Shape = "hv" });
        Add(traffic.P99, new Line { Color = Palette.Vermilion, Width = 2, Dash = "dot", Shape = "hv" });
        var least = traffic.P50.Samples.Where(s => s.At <= frame.End && s.Value > 0).Select(s => s.Value / unit.PerUnit).DefaultIfEmpty(double.NaN).Min();
        if (logWhenWide && panel.Max > WideFrom * least)
        {
            panel.LogMin = Math.Pow(10, Math.Floor(Math.Log10(least)));
        }

        panel.Sentence = $"Latency: {Words(traffic.P50, unit, frame)}; {Words(traffic.P95, unit, frame)}; {Words(traffic.P99, unit, frame)}.";
        return panel;

        void Add(TimeSeries series, Line line)
        {
            var values = Elapsed.Values(series, grid, unit);
            for (var i = 0; i < values.Length; i++)
            {
                // Before the first request nothing took any time, which is not the same as no time.
                values[i] = series.Samples.Count == 0 || grid[i] < series.Samples[0].At ? double.NaN : values[i];
            }

            panel.Add(
                new ScatterTrace
                {
                    Name = series.Name,
                    X = [.. grid.Select(at => Elapsed.Position(at, frame))],
                    Y = values,
                    Line = line,
                    HoverTemplate = $"{series.Name} %{{y:,.4~f}} {unit.Name}<extra></extra>",
                },
                values.Aggregate(0.0, double.MaxNumber));
            if (double.IsFinite(values[^1]))
            {
                panel.EndLabels.Add(new EndLabel($"{series.Name} {Unit.Plain(values[^1])}", values[^1]));
                panel.Latest.Add(new Reading($"latency {series.Name}", unit.Text(values[^1] * unit.PerUnit)));
            }
        }
    }

    private static string Words(TimeSeries series, Unit unit, Frame frame)
    {
        Sample? greatest = null;
        foreach (var sample in series.Samples)
        {
            if (sample.At <= frame.End && double.IsFinite(sample.Value) && !(sample.Value <= greatest?.Value))
            {
                greatest = sample;
            }
        }

        var last = series.ValueAt(frame.End);
        return greatest is not { } most ? $"{series.Name} is unknown, nothing was answered"
            : $"{series.Name} {(double.IsFinite(last) ? $"ends at {unit.Text(last)}" : "ends without answers")} (highest {unit.Number(most.Value)} at {Elapsed.Text(most.At, frame)})";
    }
}
