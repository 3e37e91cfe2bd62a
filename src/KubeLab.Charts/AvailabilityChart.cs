using System.Globalization;
using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>Hours a year without a majority against the number of members, on a logarithmic axis: a computed line, and simulated points with their uncertainty.</summary>
public static class AvailabilityChart
{
    private const double ErrorsDrawn = 2;

    /// <summary>Draws the hours.</summary>
    /// <param name="machine">How much of the time one machine is available, 0 to 1, for the title.</param>
    /// <param name="computed">The line, by number of members.</param>
    /// <param name="simulated">The points; may be empty.</param>
    /// <exception cref="ArgumentException">There is nothing to draw.</exception>
    public static Figure Of(double machine, IReadOnlyList<AvailabilityPoint> computed, IReadOnlyList<AvailabilityPoint> simulated)
    {
        if (computed.Count == 0)
        {
            throw new ArgumentException("the line needs at least one number of members", nameof(computed));
        }

        // A logarithmic axis has no zero.
        List<AvailabilityPoint> points = [.. simulated.Where(p => p.HoursDown > 0)];
        double[] all = [.. computed.Concat(points).Select(p => p.HoursDown).Where(h => h > 0).DefaultIfEmpty(1)];
        var panel = new Panel("availability", "hours a year without<br>a majority (log)", new Unit("hours a year", 1), 340)
        {
            Sentence = Sentence(computed, points),
            Axis = new Axis { Type = "log", Range = [Math.Log10(all.Min()) - 0.35, Math.Log10(all.Max()) + 0.45], TickFormat = "~g", ZeroLine = false },
        };
        panel.Traces.Add(new ScatterTrace
        {
            Name = "computed",
            X = [.. computed.Select(p => (double)p.Members)],
            Y = [.. computed.Select(p => p.HoursDown > 0 ? p.HoursDown : double.NaN)],
            Mode = "lines+markers",
            Line = new Line { Color = Palette.Blue, Width = 2 },
            Marker = new Marker { Symbol = "circle", Size = 9, Color = Palette.Blue },
            HoverTemplate = "computed: %{y:.3~g} hours a year<extra></extra>",
        });
        if (points.Count > 0)
        {
            panel.Traces.Add(new ScatterTrace
            {
                Name = "simulated (bars: two standard errors)",
                X = [.. points.Select(p => (double)p.Members)],
                Y = [.. points.Select(p => p.HoursDown)],
                Mode = "markers",
                Marker = new Marker { Symbol = "square-open", Size = 14, Color = Palette.Vermilion, Line = new Line { Color = Palette.Vermilion, Width = 2 } },

                // A bar that would reach zero ends where the axis can still draw it.
                ErrorY = new ErrorBars(
                    [.. points.Select(p => ErrorsDrawn * p.Error)],
                    [.. points.Select(p => Math.Min(ErrorsDrawn * p.Error, p.HoursDown * 0.99))],
                    Palette.Vermilion),
                HoverTemplate = "simulated: %{y:.3~g} hours a year<extra></extra>",
            });
        }

        panel.Annotations.AddRange(computed.Where(p => p.HoursDown > 0).Select(p => new Annotation
        {
            Text = Unit.Plain(p.HoursDown),
            XRef = "x",
            X = p.Members,
            XAnchor = "center",

            // Annotations on a logarithmic axis are placed by exponents.
            Y = Math.Log10(p.HoursDown),
            YAnchor = "bottom",
            YShift = 11,
        }));
        panel.Latest.AddRange(computed.Select(p => new Reading($"{p.Members} member{(p.Members == 1 ? "" : "s")}", $"{Unit.Plain(p.HoursDown)} hours a year")));
        var share = (machine * 100).ToString("0.###", CultureInfo.InvariantCulture);
        return PanelStack.AtInstant($"Without a majority (machines up {share} %)", "", [panel], MemberAxis.Of([.. computed.Select(p => p.Members)]), hoverMode: "closest");
    }

    private static string Sentence(IReadOnlyList<AvailabilityPoint> computed, List<AvailabilityPoint> points)
    {
        var words = string.Join(", ", computed.Select(p => $"{p.Members}: {Unit.Plain(p.HoursDown)}"));
        var simulated = points.Count == 0 ? "" : $"; simulated {string.Join(", ", points.Select(p => $"{p.Members}: {Unit.Plain(p.HoursDown)} ± {Unit.Plain(p.Error)}"))}";
        return $"hours a year by members, computed {words}{simulated}.";
    }
}
