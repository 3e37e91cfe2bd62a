using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>What work costs against how long one waits for it: simulated runs, and measured ones beside them.</summary>
public static class TimePricePlaneChart
{
    /// <summary>Draws the plane; points with the same label are joined by a thin line.</summary>
    /// <param name="simulated">Runs in the simulator.</param>
    /// <param name="measured">Runs that somebody paid for; may be empty.</param>
    /// <param name="currency">The currency of all prices.</param>
    /// <param name="title">What was run.</param>
    /// <exception cref="ArgumentException">There is no point at all.</exception>
    public static Figure Of(IReadOnlyList<PlanePoint> simulated, IReadOnlyList<PlanePoint> measured, string currency, string title = "Time and price")
    {
        ArgumentNullException.ThrowIfNull(simulated);
        ArgumentNullException.ThrowIfNull(measured);
        PlanePoint[] all = [.. simulated, .. measured];
        if (all.Length == 0)
        {
            throw new ArgumentException("a plane needs at least one run", nameof(simulated));
        }

        var panel = new Panel("price", $"price ({currency})", new Unit(currency, 1), 380)
        {
            Axis = new Axis { Range = [0, all.Max(p => p.Price) * 1.25], NTicks = 6, TickFormat = ",~f", ZeroLine = false },
            Sentence = Sentence(simulated, measured, currency),
        };
        AddPairs(panel, simulated, measured);
        Add(panel, "measured", measured, "diamond-open", Palette.Vermilion, 15, currency);
        Add(panel, "simulated", simulated, "circle", Palette.Blue, 11, currency);
        Label(panel, all);
        panel.Latest.AddRange(simulated.Select(p => new Reading($"{p.Label}, simulated", Words(p, currency))));
        panel.Latest.AddRange(measured.Select(p => new Reading($"{p.Label}, measured", Words(p, currency))));
        var axis = new Axis { Title = new AxisTitle("time until the last file is done (hours)", 8), Range = [0, all.Max(p => p.Hours) * 1.12], NTicks = 10, ZeroLine = false };
        return PanelStack.AtInstant(title, "", [panel], axis, hoverMode: "closest");
    }

    private static void Add(Panel panel, string name, IReadOnlyList<PlanePoint> points, string symbol, string color, double size, string currency)
    {
        if (points.Count > 0)
        {
            panel.Traces.Add(new ScatterTrace
            {
                Name = name,
                X = [.. points.Select(p => p.Hours)],
                Y = [.. points.Select(p => p.Price)],
                Text = [.. points.Select(p => PlotlyText.Plain(p.Label))],
                Mode = "markers",
                Marker = new Marker { Symbol = symbol, Size = size, Color = color, Line = new Line { Color = color, Width = 2 } },
                HoverTemplate = $"%{{text}}, {name}<br>%{{x:.3~g}} hours, %{{y:.3~g}} {PlotlyText.InTemplate(currency)}<extra></extra>",
            });
        }
    }

    private static void AddPairs(Panel panel, IReadOnlyList<PlanePoint> simulated, IReadOnlyList<PlanePoint> measured)
    {
        foreach (var point in simulated)
        {
            foreach (var real in measured.Where(m => m.Label == point.Label))
            {
                panel.Traces.Add(new ScatterTrace
                {
                    Name = point.Label,
                    X = [point.Hours, real.Hours],
                    Y = [point.Price, real.Price],
                    Mode = "lines",
                    Line = new Line { Color = Palette.Grey, Width = 1, Dash = "dot" },
                    ShowLegend = false,
                    HoverTemplate = "<extra></extra>",
                });
            }
        }
    }

    /// <summary>Each label once, at one of its points: on the right where there is room for it, else on the left, below or above.</summary>
    private static void Label(Panel panel, IReadOnlyList<PlanePoint> points)
    {
        var taken = new LabelPlaces(points);
        foreach (var group in points.GroupBy(p => p.Label))
        {
            var (point, side) = taken.Take([.. group]);
            panel.Annotations.Add(new Annotation
            {
                Text = PlotlyText.Plain(group.Key),
                XRef = "x",
                X = point.Hours,
                XAnchor = side switch { LabelSide.Right => "left", LabelSide.Left => "right", _ => "center" },
                XShift = side switch { LabelSide.Right => 13, LabelSide.Left => -13, _ => 0 },
                Y = point.Price,
                YAnchor = "middle",
                YShift = side switch { LabelSide.Below => -17, LabelSide.Above => 17, _ => 0 },
            });
        }
    }

    private static string Sentence(IReadOnlyList<PlanePoint> simulated, IReadOnlyList<PlanePoint> measured, string currency)
    {
        var parts = new List<string>();
        if (simulated.Count > 0)
        {
            parts.Add($"simulated {string.Join(", ", simulated.Select(p => $"{p.Label}: {Words(p, currency)}"))}");
        }

        if (measured.Count > 0)
        {
            parts.Add($"measured {string.Join(", ", measured.Select(p => $"{p.Label}: {Words(p, currency)}"))}");
        }

        return $"{string.Join("; ", parts)}.";
    }

    private static string Words(PlanePoint point, string currency) => $"{Unit.Plain(point.Hours)} hours for {Unit.Plain(point.Price)} {currency}";
}
