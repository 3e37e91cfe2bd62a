using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>Policies side by side: cost, latency, errors and scale events in a panel each, a point for the mean and a bar for the band over the seeds.</summary>
/// <remarks>A dashed line shows the first policy, to which the others are compared.</remarks>
public static class PolicyChart
{
    private const double PanelPixels = 120;
    private const int NamesMax = 18;

    /// <summary>Draws the panels.</summary>
    /// <param name="results">The policies, the first one being the one compared with.</param>
    /// <param name="currency">The currency of the costs.</param>
    /// <param name="note">What the data are, in a few words.</param>
    /// <exception cref="ArgumentException">There is no policy.</exception>
    public static Figure Of(IReadOnlyList<PolicyResult> results, string currency, string note)
    {
        if (results.Count == 0)
        {
            throw new ArgumentException("there is no policy to draw: none of the runs came to its end", nameof(results));
        }

        Panel[] panels =
        [
            Draw("cost", $"cost<br>({currency})", currency, Palette.Green, "circle", results, r => r.Cost),
            Draw("p95", "p95 latency<br>(ms)", "ms", Palette.Orange, "diamond", results, r => r.P95),
            Draw("errors", "errors<br>(% of requests)", "%", Palette.Vermilion, "square", results, r => r.ErrorPercent),
            Draw("events", "scale events<br>(number)", "scale events", Palette.Blue, "triangle-up", results, r => r.ScaleEvents),
        ];
        var axis = Thinned(NodeAxis.Named([.. results.Select(r => r.Policy)], "policy"));
        return PanelStack.AtInstant("Policies compared", $"{results.Count} polic{(results.Count == 1 ? "y" : "ies")}. ", panels, axis, hoverMode: "closest", note: note);
    }

    private static Panel Draw(
        string key, string title, string unit, string color, string symbol, IReadOnlyList<PolicyResult> results, Func<PolicyResult, MeasuredBand> measure)
    {
        var panel = new Panel(key, title, new Unit(unit, 1), PanelPixels);
        MeasuredBand[] bands = [.. results.Select(measure)];
        double[] x = [.. Enumerable.Range(0, results.Count).Select(i => (double)i)];
        panel.Add(
            new ScatterTrace
            {
                Name = key == "events" ? "scale events" : key,
                X = x,
                Y = [.. bands.Select(b => b.Mean)],
                Mode = "markers",
                ClipOnAxis = false,
                Marker = new Marker { Color = color, Symbol = symbol, Size = 10, Line = new Line { Color = color, Width = 1 } },
                ErrorY = new ErrorBars([.. bands.Select(b => b.Max - b.Mean)], [.. bands.Select(b => b.Mean - b.Min)], color),
                Text = [.. results.Select((r, i) => $"{PlotlyText.Plain(r.Policy)}: {Words(bands[i])} {unit}")],
                HoverTemplate = "%{text}<extra></extra>",
            },
            bands.Select(b => b.Max).Aggregate(0.0, double.MaxNumber));
        panel.Add(
            new ScatterTrace
            {
                Name = "first policy",
                X = [-0.6, results.Count - 0.4],
                Y = [bands[0].Mean, bands[0].Mean],
                Line = new Line { Color = Palette.Grey, Width = 1.5, Dash = "dash" },
                LegendGroup = "first policy",
                ShowLegend = key == "cost" ? null : false,
                HoverInfo = "skip",
            },
            bands[0].Mean);
        var known = Enumerable.Range(0, bands.Length).Where(i => double.IsFinite(bands[i].Mean)).ToArray();
        if (known.Length > 0)
        {
            var (least, most) = (known.MinBy(i => bands[i].Mean), known.MaxBy(i => bands[i].Mean));
            panel.Sentence = $"{panel.Traces[0].Name}: least with {results[least].Policy}, {Words(bands[least])} {unit}; most with {results[most].Policy}, {Words(bands[most])} {unit}.";
        }

        panel.Latest.AddRange(results.Take(8).Select((r, i) => new Reading($"{r.Policy}, {panel.Traces[0].Name}", $"{Words(bands[i])} {unit}")));
        return panel;
    }

    /// <summary>Of many names some are written, evenly spread; the pointer tells the others.</summary>
    private static Axis Thinned(Axis axis)
    {
        var every = (axis.TickVals!.Count + NamesMax - 1) / NamesMax;
        return axis with
        {
            Title = new AxisTitle(every == 1 ? "policy" : $"policy (every {Ordinal(every)} is named)", 8),
            TickVals = [.. axis.TickVals.Where((_, i) => i % every == 0)],
            TickText = [.. axis.TickText!.Where((_, i) => i % every == 0)],
        };
    }

    private static string Ordinal(int number) => number switch { 2 => "second", 3 => "third", _ => $"{number}th" };

    private static string Words(MeasuredBand band) => band.Min.Equals(band.Max)
        ? Unit.Plain(band.Mean)
        : $"{Unit.Plain(band.Mean)} ({Unit.Plain(band.Min)} to {Unit.Plain(band.Max)})";
}
