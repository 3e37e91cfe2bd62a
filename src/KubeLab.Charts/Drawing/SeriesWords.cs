using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Says in words what a line does, for people who do not see it.</summary>
internal static class SeriesWords
{
    /// <summary>For example <c>used ends at 2.1 cores (lowest 0, highest 3.4 at 2:10)</c>.</summary>
    public static string Of(string name, TimeSeries series, Unit unit, Frame frame)
    {
        var least = new Sample(frame.Start, series.ValueAt(frame.Start));
        var greatest = least;
        foreach (var sample in series.Samples)
        {
            if (sample.At > frame.Start && sample.At <= frame.End)
            {
                least = sample.Value < least.Value ? sample : least;
                greatest = sample.Value > greatest.Value ? sample : greatest;
            }
        }

        var last = series.ValueAt(frame.End);
        return least.Value.Equals(greatest.Value)
            ? $"{name} stays at {unit.Text(last)}"
            : $"{name} ends at {unit.Text(last)} (lowest {unit.Number(least.Value)} at {Elapsed.Text(least.At, frame)}, "
                + $"highest {unit.Number(greatest.Value)} at {Elapsed.Text(greatest.At, frame)})";
    }

    /// <summary>The words as the start of a sentence.</summary>
    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>The greatest value between two instants.</summary>
    public static double Max(TimeSeries series, Frame frame)
    {
        var max = double.MaxNumber(series.ValueAt(frame.Start), series.ValueAt(frame.End));
        foreach (var sample in series.Samples)
        {
            if (sample.At > frame.Start && sample.At <= frame.End)
            {
                max = double.MaxNumber(max, sample.Value);
            }
        }

        return max;
    }
}
