using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>Policies in the plane of cost and latency: those that no other policy beats in both are joined by a line, and the rest pays for nothing.</summary>
public static class PolicyPlaneChart
{
    private const int LabelsMax = 12;

    /// <summary>Draws the plane.</summary>
    /// <param name="results">The policies, the first one being the one compared with.</param>
    /// <param name="currency">The currency of the costs.</param>
    /// <param name="note">What the data are, in a few words.</param>
    /// <exception cref="ArgumentException">No policy has answered any request.</exception>
    public static Figure Of(IReadOnlyList<PolicyResult> results, string currency, string note)
    {
        PolicyResult[] known = [.. results.Where(r => double.IsFinite(r.Cost.Mean) && double.IsFinite(r.P95.Mean))];
        if (known.Length == 0)
        {
            throw new ArgumentException("there is no policy to draw: no run has answered a request", nameof(results));
        }

        PolicyResult[] best = [.. known.Where(r => !known.Any(other => Beats(other, r))).OrderBy(r => r.Cost.Mean).ThenBy(r => r.Policy, StringComparer.Ordinal)];
        PolicyResult[] rest = [.. known.Except(best)];
        var panel = new Panel("p95", "p95 latency (ms)", new Unit("ms", 1), 340);
        if (rest.Length > 0)
        {
            panel.Add(Points("beaten in both", rest, "markers", Palette.Grey, "circle-open", 9, rest.Length <= LabelsMax), rest.Max(r => r.P95.Max));
        }

        panel.Add(
            Points("best trade-offs", best, "lines+markers", Palette.Blue, "diamond", 11, true) with { Line = new Line { Color = Palette.Blue, Width = 2, Dash = "dash" } },
            best.Max(r => r.P95.Max));
        AddCostBands(panel, known);
        panel.Sentence = $"Of {known.Length} policies {best.Length} {(best.Length == 1 ? "is" : "are")} beaten by no other in both cost and latency: "
            + string.Join("; ", best.Take(LabelsMax).Select(r => $"{r.Policy}, {Unit.Plain(r.Cost.Mean)} {currency} and {Unit.Plain(r.P95.Mean)} ms")) + ".";
        panel.Latest.AddRange(best.Take(LabelsMax).Select(r => new Reading(r.Policy, $"{Unit.Plain(r.Cost.Mean)} {currency}, {Unit.Plain(r.P95.Mean)} ms")));
        panel.Max *= 1.05;
        var axis = new Axis { Title = new AxisTitle($"cost of the run ({currency})", 8), Range = [0, known.Max(r => r.Cost.Max) * 1.12], TickFormat = ",~f" };
        return PanelStack.AtInstant("Cost against latency", "", [panel], axis, hoverMode: "closest", note: note);
    }

    private static bool Beats(PolicyResult one, PolicyResult other) =>
        one.Cost.Mean <= other.Cost.Mean && one.P95.Mean <= other.P95.Mean && (one.Cost.Mean < other.Cost.Mean || one.P95.Mean < other.P95.Mean);

    private static ScatterTrace Points(string name, PolicyResult[] results, string mode, string color, string symbol, double size, bool labelled) => new()
    {
        Name = name,
        X = [.. results.Select(r => r.Cost.Mean)],
        Y = [.. results.Select(r => r.P95.Mean)],
        Mode = labelled ? $"{mode}+text" : mode,
        TextPosition = labelled ? "top center" : null,
        ClipOnAxis = false,
        Marker = new Marker { Color = color, Symbol = symbol, Size = size, Line = new Line { Color = color, Width = 1.5 } },
        ErrorY = new ErrorBars([.. results.Select(r => r.P95.Max - r.P95.Mean)], [.. results.Select(r => r.P95.Mean - r.P95.Min)], color),
        Text = [.. results.Select(r => PlotlyText.Plain(PlotlyText.Short(r.Policy, 28)))],
        HoverTemplate = "%{text}: cost %{x:,.4~f}, p95 %{y:,.4~f} ms<extra></extra>",
    };

    private static void AddCostBands(Panel panel, PolicyResult[] results)
    {
        var bands = new Segments();
        foreach (var result in results.Where(r => r.Cost.Max > r.Cost.Min))
        {
            bands.Add(result.Cost.Min, result.P95.Mean, result.Cost.Max, result.P95.Mean);
        }

        if (!bands.IsEmpty)
        {
            panel.Add(
                new ScatterTrace
                {
                    Name = "least to greatest cost",
                    X = bands.X,
                    Y = bands.Y,
                    Line = new Line { Color = Palette.Grey, Width = 1.5 },
                    HoverInfo = "skip",
                },
                0);
        }
    }
}
