using System.Globalization;
using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Simulated time as people count it in a lab: since its start.</summary>
/// <remarks>
/// Positions are on a date axis on which every lab starts at the first instant of 1971. So Plotly itself finds good ticks (half minutes,
/// quarters of an hour) at every zoom level, and the day of the year is the day of the lab.
/// The absolute instant is told by a silent trace, see <see cref="Instants"/>.
/// </remarks>
internal static class Elapsed
{
    // Not 1970: Plotly reads a number of up to four digits on a date axis as a year.
    private const double StartMilliseconds = 365 * 24 * 60 * Minute;

    private const double Second = 1000;
    private const double Minute = 60 * Second;

    /// <summary>Where an instant is on the axis.</summary>
    public static double Position(DateTimeOffset at, Frame frame) => StartMilliseconds + (at - frame.LabStarted).TotalMilliseconds;

    /// <summary>An instant in words: <c>3:05</c> (minutes and seconds), <c>2:03:05</c>, <c>day 2, 3:04</c>.</summary>
    public static string Text(DateTimeOffset at, Frame frame)
    {
        var span = at - frame.LabStarted;
        var sign = span < TimeSpan.Zero ? "-" : "";
        span = span.Duration();
        return span switch
        {
            { Days: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{sign}day {span.Days + 1}, {span.Hours}:{span.Minutes:00}"),
            { Hours: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{sign}{span.Hours}:{span.Minutes:00}:{span.Seconds:00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{sign}{span.Minutes}:{span.Seconds:00}"),
        };
    }

    /// <summary>The length of the picture in words.</summary>
    public static string Length(Frame frame) => (frame.End - frame.Start) switch
    {
        { TotalDays: >= 2 } span => $"{Unit.Plain(span.TotalDays)} days",
        { TotalHours: >= 2 } span => $"{Unit.Plain(span.TotalHours)} hours",
        { TotalMinutes: >= 2 } span => $"{Unit.Plain(span.TotalMinutes)} minutes",
        var span => $"{Unit.Plain(span.TotalSeconds)} s",
    };

    /// <summary>The axis of a picture over time.</summary>
    public static Axis Axis(Frame frame)
    {
        var span = frame.End - frame.LabStarted;
        var (words, coarse, fine) = span switch
        {
            { TotalHours: < 1 } => ("m:ss", "%-M:%S", "%-M:%S"),
            { TotalDays: < 1 } => ("h:mm", "%-H:%M", "%-H:%M:%S"),
            _ => ("day, h:mm", "day %-j %-H:%M", "day %-j %-H:%M:%S"),
        };
        return new Axis
        {
            Type = "date",
            Title = new AxisTitle($"{frame.TimeWord} since the lab started ({words})", 8),
            Range = [Position(frame.Start, frame), Position(frame.End, frame)],
            NTicks = 10,
            TickFormat = coarse,
            TickFormatStops = [new([null, Second - 1], fine + ".%L"), new([Second, Minute - 1], fine), new([Minute, null], coarse)],
            HoverFormat = fine,
            ShowSpikes = true,
            SpikeMode = "across",
            SpikeThickness = 1,
            SpikeDash = "solid",
        };
    }

    /// <summary>A trace that cannot be seen and tells the absolute instant under the pointer.</summary>
    public static ScatterTrace Instants(IReadOnlyList<DateTimeOffset> grid, Frame frame) => new()
    {
        Name = "instant",
        X = [.. grid.Select(at => Position(at, frame))],
        Y = new double[grid.Count],
        Text = [.. grid.Select(at => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture))],
        HoverTemplate = "%{text}<extra></extra>",
        Line = new Line { Width = 0, Shape = "hv" },
        Opacity = 0,
        ShowLegend = false,
    };

    /// <summary>The drawn values of a series.</summary>
    public static double[] Values(TimeSeries series, IReadOnlyList<DateTimeOffset> grid, Unit unit)
    {
        var values = new double[grid.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = series.ValueAt(grid[i]) / unit.PerUnit;
        }

        return values;
    }
}
