using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Copies of workloads: the ready ones as an area, the existing ones and the wanted ones as lines, and where a window holds the number.</summary>
internal static class ReplicasPanel
{
    /// <summary>Lines of more workloads cannot be told apart.</summary>
    public const int WorkloadsMax = 3;

    private static readonly string[] Colors = [Palette.Blue, Palette.Green, Palette.Brown];
    private static readonly string[] Hatches = ["", "\\", "."];

    public static Panel Of(IReadOnlyList<ReplicaSeries> workloads, IReadOnlyList<DateTimeOffset> grid, Frame frame, double heightPixels)
    {
        var unit = new Unit("pods", 1);
        var panel = new Panel("replicas", "replicas<br>(pods)", unit, heightPixels);
        double[] x = [.. grid.Select(at => Elapsed.Position(at, frame))];
        var words = new List<string>();
        for (var i = 0; i < workloads.Count; i++)
        {
            var prefix = workloads.Count == 1 ? "" : $"{workloads[i].Workload} ";
            Draw(panel, workloads[i], i, prefix, x, grid);
            words.Add($"{prefix}{SeriesWords.Of("wanted", workloads[i].Wanted, unit, frame)}, {SeriesWords.Of("ready", workloads[i].Ready, unit, frame)}{Held(workloads[i], frame)}");
        }

        panel.Sentence = $"Replicas: {string.Join("; ", words)}.";
        return panel;
    }

    private static void Draw(Panel panel, ReplicaSeries workload, int index, string prefix, double[] x, IReadOnlyList<DateTimeOffset> grid)
    {
        var (color, hatch) = (Colors[index], Hatches[index]);
        var (wanted, existing, ready) = (Values(workload.Wanted), Values(workload.Existing), Values(workload.Ready));
        panel.Add(
            new ScatterTrace
            {
                Name = $"{prefix}ready",
                X = x,
                Y = ready,
                Line = new Line { Color = color, Width = 1, Shape = "hv" },
                Fill = "tozeroy",
                FillColor = Palette.Faded(color, hatch.Length == 0 ? 0.45 : 0.15),
                FillPattern = hatch.Length == 0 ? null : new Pattern(hatch, color, Palette.Faded(color, 0.15)),
                HoverTemplate = $"{PlotlyText.InTemplate(prefix)}ready %{{y:,.0f}}<extra></extra>",
            },
            ready.Max());
        Line($"{prefix}existing", existing, new Line { Color = color, Width = 1.5 + index, Dash = "dot", Shape = "hv" });
        Line($"{prefix}wanted", wanted, new Line { Color = Palette.Orange, Width = 2 + index, Dash = "dash", Shape = "hv" });
        if (workload.Held.Samples.Any(s => s.Value > 0))
        {
            var held = grid.Select((at, i) => workload.Held.ValueAt(at) > 0 ? wanted[i] : double.NaN).ToArray();
            Line($"{prefix}held by a window", held, new Line { Color = Palette.Faded(Palette.Purple, 0.45), Width = 8 + index, Shape = "hv" });
        }

        panel.EndLabels.Add(new EndLabel($"{prefix}wanted {Unit.Plain(wanted[^1])}", wanted[^1]));
        panel.EndLabels.Add(new EndLabel($"{prefix}ready {Unit.Plain(ready[^1])}", ready[^1]));
        panel.Latest.Add(new Reading($"{prefix}replicas wanted", panel.Unit.Text(wanted[^1])));
        panel.Latest.Add(new Reading($"{prefix}replicas ready", panel.Unit.Text(ready[^1])));

        double[] Values(TimeSeries series) => Elapsed.Values(series, grid, panel.Unit);

        void Line(string name, double[] values, Line line) => panel.Add(
            new ScatterTrace { Name = name, X = x, Y = values, Line = line, HoverTemplate = $"{PlotlyText.InTemplate(name)} %{{y:,.0f}}<extra></extra>" },
            values.Aggregate(0.0, double.MaxNumber));
    }

    private static string Held(ReplicaSeries workload, Frame frame)
    {
        var seconds = workload.Held.Integral(frame.Start, frame.End);
        return seconds > 0 ? $", held by a stabilization window for {Unit.Plain(Math.Round(seconds))} s" : "";
    }
}
