using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Chooses the instants at which long series are drawn, so that a picture stays small and no peak is lost.</summary>
/// <remarks>
/// A screen shows some hundred columns. When there are more changes than that, time is cut into buckets, and of each series each bucket
/// keeps the least, the greatest and the last sample. So what is drawn always contains the first and last instant and the extremes of
/// every series.
/// </remarks>
public static class Downsampling
{
    /// <summary>At how many instants the series of one picture are drawn, at most.</summary>
    public const int InstantsMax = 500;

    /// <summary>The instants, both ends included, at which series are worth drawing, ascending.</summary>
    /// <param name="series">The series that share the instants.</param>
    /// <param name="from">The left end of the picture.</param>
    /// <param name="to">The right end of the picture.</param>
    /// <param name="max">At most so many instants, but room for both ends and three of each series is always granted.</param>
    public static IReadOnlyList<DateTimeOffset> Instants(
        IReadOnlyList<TimeSeries> series, DateTimeOffset from, DateTimeOffset to, int max = InstantsMax)
    {
        max = Math.Max(max, (3 * series.Count) + 2);
        var chosen = new SortedSet<DateTimeOffset>();
        for (var buckets = int.MaxValue; ;)
        {
            chosen.Clear();
            chosen.Add(from);
            chosen.Add(to);
            foreach (var one in series)
            {
                if (buckets == int.MaxValue)
                {
                    AddAll(one, from, to, max, chosen);
                }
                else
                {
                    AddExtremes(one, from, to, buckets, chosen);
                }
            }

            if (chosen.Count <= max || buckets == 1)
            {
                return [.. chosen];
            }

            // Few buckets hold extremes of different series at the same instants, so the right number is found by trying.
            buckets = buckets == int.MaxValue ? max / 2 : Math.Max(1, Math.Min(buckets - 1, (int)((long)buckets * max / chosen.Count)));
        }
    }

    private static void AddAll(TimeSeries series, DateTimeOffset from, DateTimeOffset to, int max, SortedSet<DateTimeOffset> chosen)
    {
        var samples = series.Samples;
        for (var i = FirstAfter(samples, from); i < samples.Count && samples[i].At < to && chosen.Count <= max; i++)
        {
            chosen.Add(samples[i].At);
        }
    }

    private static void AddExtremes(
        TimeSeries series, DateTimeOffset from, DateTimeOffset to, int buckets, SortedSet<DateTimeOffset> chosen)
    {
        var samples = series.Samples;
        var span = (to - from).Ticks;
        var i = FirstAfter(samples, from);
        while (i < samples.Count && samples[i].At < to)
        {
            var bucket = Bucket(samples[i].At);
            var least = samples[i];
            var greatest = samples[i];
            var last = samples[i];
            for (; i < samples.Count && samples[i].At < to && Bucket(samples[i].At) == bucket; i++)
            {
                last = samples[i];
                least = last.Value < least.Value ? last : least;
                greatest = last.Value > greatest.Value ? last : greatest;
            }

            chosen.Add(least.At);
            chosen.Add(greatest.At);
            chosen.Add(last.At);
        }

        long Bucket(DateTimeOffset at) => (long)((Int128)(at - from).Ticks * buckets / span);
    }

    private static int FirstAfter(IReadOnlyList<Sample> samples, DateTimeOffset instant)
    {
        int low = 0, high = samples.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (samples[middle].At > instant)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
