using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>A waterfall of what a load waited for: a row for each piece, each beginning where the one before ended, hatched by whose doing it is.</summary>
public static class DelayChart
{
    private const double RowPixels = 26;

    private static readonly (DelayStage Stage, string Words, string Color, string Hatch)[] Looks =
    [
        (DelayStage.Measuring, "measuring", Palette.Purple, "."),
        (DelayStage.Deciding, "deciding: autoscalers, controllers, scheduler", Palette.Orange, "/"),
        (DelayStage.Machine, "machine and node", Palette.Green, "\\"),
        (DelayStage.Pod, "pod: image, start, readiness", Palette.Blue, ""),
        (DelayStage.Routing, "routing and backlog", Palette.Grey, "x"),
    ];

    /// <summary>Draws the pieces.</summary>
    /// <param name="service">The service that was asked.</param>
    /// <param name="pod">The pod that the pieces follow; null when there is none.</param>
    /// <param name="bars">The pieces, in order.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Figure Of(string service, string? pod, IReadOnlyList<DelayBar> bars)
    {
        if (bars.Count == 0)
        {
            throw new ArgumentException("there is no delay to draw", nameof(bars));
        }

        var total = bars[^1].ToSeconds;
        var panel = new Panel("delays", "what was waited for", new Unit("s", 1), (bars.Count * RowPixels) + 14)
        {
            Sentence = $"{string.Join("; ", bars.Select(b => $"{b.Name} {Seconds(b)}"))}.",
            Axis = new Axis
            {
                Range = [bars.Count - 0.4, -0.6],
                TickVals = [.. Enumerable.Range(0, bars.Count).Select(i => (double)i)],
                TickText = [.. bars.Select(b => PlotlyText.Plain(b.Name))],
                AutoMargin = true,
                ShowGrid = false,
                ZeroLine = false,
            },
        };
        foreach (var (stage, words, color, hatch) in Looks)
        {
            AddStage(panel, bars, stage, words, color, hatch);
        }

        AddSteps(panel, bars);
        for (var i = 0; i < bars.Count; i++)
        {
            // Words stand behind the bar, or before it where they would leave the picture.
            var isLate = bars[i].ToSeconds > 0.85 * total && bars[i].FromSeconds > 0.15 * total;
            panel.Annotations.Add(new Annotation
            {
                Text = Seconds(bars[i]),
                X = isLate ? bars[i].FromSeconds : bars[i].ToSeconds,
                Y = i,
                XRef = "x",
                XAnchor = isLate ? "right" : "left",
                XShift = isLate ? -4 : 4,
                YAnchor = "middle",
            });
        }

        panel.Latest.AddRange(bars.Select(b => new Reading(b.Name, Seconds(b))));
        panel.Latest.Add(new Reading("from the load step to served load", $"{Unit.Plain(total)} s"));
        var axis = new Axis { Title = new AxisTitle("seconds since the load step", 8), Range = [0, total * 1.03], TickFormat = ",~f" };
        var lead = $"{Unit.Plain(total)} s{(pod is null ? "" : $", by way of pod {pod}")}. ";
        return PanelStack.AtInstant($"From a load step on {service} to served load", lead, [panel], axis, hoverMode: "closest");
    }

    private static void AddStage(Panel panel, IReadOnlyList<DelayBar> bars, DelayStage stage, string words, string color, string hatch)
    {
        var boxes = new Boxes();
        for (var i = 0; i < bars.Count; i++)
        {
            if (bars[i].Stage == stage)
            {
                boxes.Add(bars[i].FromSeconds, bars[i].ToSeconds, i + 0.36, i - 0.36, $"{PlotlyText.Plain(bars[i].Name)}: {Seconds(bars[i])}");
            }
        }

        if (!boxes.IsEmpty)
        {
            panel.Traces.Add(new ScatterTrace
            {
                Name = words,
                X = boxes.X,
                Y = boxes.Y,
                Text = boxes.Text,
                Line = new Line { Color = color, Width = 1.5 },
                Fill = "toself",
                FillColor = Palette.Faded(color, hatch.Length == 0 ? 0.75 : 0.25),
                FillPattern = hatch.Length == 0 ? null : new Pattern(hatch, color, Palette.Faded(color, 0.25)),
                HoverTemplate = "%{text}<extra></extra>",
            });
        }
    }

    private static void AddSteps(Panel panel, IReadOnlyList<DelayBar> bars)
    {
        var steps = new Segments();
        for (var i = 1; i < bars.Count; i++)
        {
            steps.Add(bars[i].FromSeconds, i - 1 + 0.36, bars[i].FromSeconds, i - 0.36);
        }

        if (!steps.IsEmpty)
        {
            panel.Traces.Add(new ScatterTrace
            {
                Name = "and then",
                X = steps.X,
                Y = steps.Y,
                Line = new Line { Color = Palette.Grey, Width = 1, Dash = "dot" },
                ShowLegend = false,
                HoverInfo = "skip",
            });
        }
    }

    private static string Seconds(DelayBar bar) => $"{Unit.Plain(bar.ToSeconds - bar.FromSeconds)} s";
}
