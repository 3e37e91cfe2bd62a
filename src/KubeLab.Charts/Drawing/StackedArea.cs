using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Draws parts of a whole over time as areas on top of each other.</summary>
internal static class StackedArea
{
    /// <summary>The most areas that people can tell apart; the smallest of more are drawn as one.</summary>
    public const int PartsMax = 8;

    /// <summary>Adds the parts to a panel, first one lowest, and their names beside the right ends of the areas.
    /// A prefix tells them in the legend from other things of the figure that have these names.</summary>
    public static void Draw(
        Panel panel, IReadOnlyList<TimeSeries> parts, IReadOnlyList<DateTimeOffset> grid, Frame frame, string prefix = "")
    {
        double[] x = [.. grid.Select(at => Elapsed.Position(at, frame))];
        var sum = new double[grid.Count];
        var (shown, other) = Split(parts, frame);
        for (var i = 0; i < shown.Count; i++)
        {
            Add(shown[i].Name, Elapsed.Values(shown[i], grid, panel.Unit), AreaStyle.Of(shown[i].Name, i));
        }

        if (other.Count > 0)
        {
            var rest = new double[grid.Count];
            foreach (var series in other)
            {
                AddTo(rest, Elapsed.Values(series, grid, panel.Unit));
            }

            Add($"{other.Count} others", rest, new AreaStyle(Palette.Grey, "|", "circle-open"));
        }

        panel.Max = double.MaxNumber(panel.Max, sum.DefaultIfEmpty(0).Max());

        void Add(string name, double[] values, AreaStyle style)
        {
            panel.Traces.Add(Area(prefix + name, x, values, style, panel.Unit));
            var middle = sum[^1] + (values[^1] / 2);
            AddTo(sum, values);
            if (values[^1] > 0)
            {
                panel.EndLabels.Add(new EndLabel($"{PlotlyText.Short(name, 20)} {Unit.Plain(values[^1])}", middle));
            }

            panel.Latest.Add(new Reading(prefix + name, panel.Unit.Text(values[^1] * panel.Unit.PerUnit)));
        }
    }

    private static ScatterTrace Area(string name, double[] x, double[] values, AreaStyle style, Unit unit) => new()
    {
        Name = name,
        X = x,
        Y = values,
        StackGroup = "parts",
        // An outline would run along the top of the stack also where the part itself is nothing.
        Line = new Line { Color = style.Color, Width = 0, Shape = "hv" },
        FillColor = Palette.Faded(style.Color, style.Pattern.Length == 0 ? 0.75 : 0.3),
        FillPattern = style.Pattern.Length == 0 ? null : new Pattern(style.Pattern, style.Color, Palette.Faded(style.Color, 0.3)),
        HoverTemplate = $"{PlotlyText.InTemplate(name)} %{{y:,.4~f}} {unit.Name}<extra></extra>",
    };

    private static (IReadOnlyList<TimeSeries> Shown, IReadOnlyList<TimeSeries> Other) Split(IReadOnlyList<TimeSeries> parts, Frame frame)
    {
        if (parts.Count <= PartsMax)
        {
            return (parts, []);
        }

        var greatest = parts.OrderByDescending(part => SeriesWords.Max(part, frame)).ThenBy(part => part.Name, StringComparer.Ordinal)
            .Take(PartsMax - 1).ToHashSet();
        return ([.. parts.Where(greatest.Contains)], [.. parts.Where(part => !greatest.Contains(part))]);
    }

    private static void AddTo(double[] sum, double[] values)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += values[i];
        }
    }
}
