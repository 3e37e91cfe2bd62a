using KubeLab.Nodes.Traffic;

namespace KubeLab.Loads;

/// <summary>Rates that are known beforehand, each from an instant on; with a length they come again and again.</summary>
internal sealed class SteppedRate(DateTimeOffset start, IReadOnlyList<(TimeSpan From, double PerSecond)> steps, TimeSpan? length = null) : IRequestRate
{
    public double At(DateTimeOffset now)
    {
        var since = Within(now);
        var i = FirstAfter(since);
        return i == 0 ? 0 : steps[i - 1].PerSecond;
    }

    public DateTimeOffset? NextChange(DateTimeOffset now)
    {
        var since = Within(now);
        var i = FirstAfter(since);
        return i < steps.Count ? now + (steps[i].From - since)
            : length is { } whole ? now + (whole - since)
            : null;
    }

    private TimeSpan Within(DateTimeOffset now) => length is { } whole ? new TimeSpan((now - start).Ticks % whole.Ticks) : now - start;

    private int FirstAfter(TimeSpan since)
    {
        int low = 0, high = steps.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = steps[middle].From > since ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
