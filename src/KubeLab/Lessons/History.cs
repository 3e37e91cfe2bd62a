using KubeLab.Simulation;

namespace KubeLab.Lessons;

/// <summary>One recorded quantity over a span of time, as a check asks about it: not how it ended, but whether it held throughout.</summary>
/// <remarks>A quantity keeps its value between samples, so what holds at the beginning and at each sample holds always.</remarks>
internal sealed class History
{
    /// <summary>What <paramref name="series"/> was from <paramref name="from"/> to <paramref name="to"/>; a null series has no history.</summary>
    public History(TimeSeries? series, DateTimeOffset from, DateTimeOffset to)
    {
        (From, To) = (from, to);
        if (series is { Samples: [var first, ..] } && to >= from)
        {
            var begin = first.At > from ? [] : new[] { new Sample(from, series.ValueAt(from)) };
            Samples = [.. begin, .. series.Samples.Where(s => s.At > from && s.At <= to)];
        }
    }

    /// <summary>Where it begins.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Where it ends.</summary>
    public DateTimeOffset To { get; }

    /// <summary>The value at the beginning, when there was one, and each change after it.</summary>
    public IReadOnlyList<Sample> Samples { get; } = [];

    /// <summary>Whether anything was recorded.</summary>
    public bool IsEmpty => Samples.Count == 0;

    /// <summary>The first instant at which it did not hold, which is the shortest counterexample; null when it held always.</summary>
    public Sample? FirstBreach(Func<double, bool> holds) => First(s => !holds(s.Value));

    /// <summary>The first instant at which it held; null when it never did.</summary>
    public Sample? FirstTime(Func<double, bool> holds) => First(s => holds(s.Value));

    /// <summary>The history from the first instant on at which it held; an empty one when it never did.</summary>
    public History Since(Func<double, bool> holds) => new([.. Samples.SkipWhile(s => !holds(s.Value))], From, To);

    /// <summary>The smallest value; the earliest of equal ones.</summary>
    public Sample Least => Samples.MinBy(s => s.Value);

    /// <summary>The largest value; the earliest of equal ones.</summary>
    public Sample Most => Samples.MaxBy(s => s.Value);

    /// <summary>How often the value changed, the most in any span of <paramref name="window"/>.</summary>
    public int ChangesWithin(TimeSpan window)
    {
        var (most, start) = (0, 1);
        for (var end = 1; end < Samples.Count; end++)
        {
            while (Samples[end].At - Samples[start].At >= window)
            {
                start++;
            }

            most = Math.Max(most, end - start + 1);
        }

        return most;
    }

    private History(IReadOnlyList<Sample> samples, DateTimeOffset from, DateTimeOffset to) => (Samples, From, To) = (samples, from, to);

    private Sample? First(Func<Sample, bool> found)
    {
        foreach (var sample in Samples)
        {
            if (found(sample))
            {
                return sample;
            }
        }

        return null;
    }
}
