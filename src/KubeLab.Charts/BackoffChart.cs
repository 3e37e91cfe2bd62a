using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>The saw-tooth of a crash-looping container: how long it waits before its next start, and how often it was restarted.</summary>
/// <remarks>Panels, for predictions: <c>wait</c>, <c>restarts</c>.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy"/>
public static class BackoffChart
{
    /// <summary>Draws the waiting above the restarts.</summary>
    /// <param name="container">The container's name, for the title.</param>
    /// <param name="delay">The whole delay, in <c>seconds</c>, while the container waits in CrashLoopBackOff, else 0.</param>
    /// <param name="restarts">Its restart count.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">A prediction names a panel that the chart does not have.</exception>
    public static Figure Of(string container, TimeSeries delay, TimeSeries restarts, Frame frame)
    {
        var grid = Downsampling.Instants([delay, restarts], frame.Start, frame.End);
        return PanelStack.OverTime($"Restarts of {container}", [Waiting(delay, grid, frame), Restarts(restarts, grid, frame)], grid, frame);
    }

    private static Panel Waiting(TimeSeries delay, IReadOnlyList<DateTimeOffset> grid, Frame frame)
    {
        var unit = Unit.For("seconds", 0);
        var panel = new Panel("wait", "wait before the<br>next start (s)", unit, 220);
        var (x, y, whole) = Teeth(delay, grid, frame);
        panel.Add(
            new ScatterTrace
            {
                Name = "wait that is left",
                X = x,
                Y = y,
                Line = new Line { Color = Palette.Brown, Width = 1.5 },
                Fill = "tozeroy",
                FillColor = Palette.Faded(Palette.Brown, 0.25),
                FillPattern = new Pattern("/", Palette.Faded(Palette.Brown, 0.7), Palette.Faded(Palette.Brown, 0.15), 9, 0.12),
                HoverTemplate = "wait that is left %{y:,.1~f} s<extra></extra>",
            },
            y.Max());
        panel.Add(
            new ScatterTrace
            {
                Name = "back-off delay",
                X = x,
                Y = whole,
                Line = new Line { Color = Palette.Vermilion, Width = 2, Dash = "dash" },
                HoverTemplate = "back-off delay %{y:,.1~f} s<extra></extra>",
            },
            whole.Where(double.IsFinite).DefaultIfEmpty(0).Max());
        panel.Sentence = $"{SeriesWords.Of("The back-off delay", delay, unit, frame)}.";
        panel.Latest.Add(new Reading("wait that is left", unit.Text(y[^1])));
        return panel;
    }

    private static Panel Restarts(TimeSeries restarts, IReadOnlyList<DateTimeOffset> grid, Frame frame)
    {
        var unit = Unit.For("restarts", 0);
        var panel = new Panel("restarts", "restarts", unit, 130);
        var values = Elapsed.Values(restarts, grid, unit);
        panel.Add(
            new ScatterTrace
            {
                Name = "restarts",
                X = [.. grid.Select(at => Elapsed.Position(at, frame))],
                Y = values,
                Line = new Line { Color = Palette.Blue, Width = 2, Shape = "hv" },
                HoverTemplate = "%{y:,.0f} restarts<extra></extra>",
            },
            values.Max());
        panel.EndLabels.Add(new EndLabel($"restarts {Unit.Plain(values[^1])}", values[^1]));
        panel.Sentence = $"{SeriesWords.Of("The count", restarts, unit, frame)}.";
        panel.Latest.Add(new Reading("restarts", Unit.Plain(values[^1])));
        return panel;
    }

    /// <summary>At each instant the wait just before it and just after it, the two sides of a tooth, and the whole delay.</summary>
    /// <remarks>While there is no delay, the whole one is a gap and what is left is zero.</remarks>
    private static (double[] X, double[] Left, double[] Whole) Teeth(TimeSeries delay, IReadOnlyList<DateTimeOffset> grid, Frame frame)
    {
        var x = new double[(2 * grid.Count) - 1];
        var left = new double[x.Length];
        var whole = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var (then, now) = (grid[i / 2], grid[(i + 1) / 2]);
            x[i] = Elapsed.Position(now, frame);
            left[i] = Left(delay, then, now);
            whole[i] = delay.ValueAt(then) is > 0 and var seconds ? seconds : double.NaN;
        }

        return (x, left, whole);
    }

    /// <summary>What is left at <paramref name="now"/> of the delay that held at <paramref name="then"/>.</summary>
    private static double Left(TimeSeries delay, DateTimeOffset then, DateTimeOffset now)
    {
        var since = DateTimeOffset.MinValue;
        int low = 0, high = delay.Samples.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (delay.Samples[middle].At <= then)
            {
                (since, low) = (delay.Samples[middle].At, middle + 1);
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? 0 : Math.Max(0, delay.Samples[low - 1].Value - (now - since).TotalSeconds);
    }
}
