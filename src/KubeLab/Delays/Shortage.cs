using KubeLab.Simulation;

namespace KubeLab.Delays;

/// <summary>A time in which fewer requests were served than were sent, or too slowly.</summary>
/// <param name="From">When it began.</param>
/// <param name="To">When it was over; null while it lasts.</param>
/// <param name="LoadFell">Whether it ended in the instant in which fewer requests were sent.</param>
internal sealed record Shortage(DateTimeOffset From, DateTimeOffset? To, bool LoadFell)
{
    // Rates are sums of many parts; the last digits are nobody's request.
    private const double Enough = 0.999;

    /// <summary>The first one that begins at <paramref name="since"/> or later; null when there is none.</summary>
    /// <param name="offered">Requests sent per second.</param>
    /// <param name="served">Requests answered per second.</param>
    /// <param name="p95">The 95th percentile of the time that answers take.</param>
    /// <param name="since">From where on to look.</param>
    /// <param name="bound">The 95th percentile that is good enough, in the unit of <paramref name="p95"/>; infinite for any.</param>
    public static Shortage? Find(TimeSeries offered, TimeSeries served, TimeSeries p95, DateTimeOffset since, double bound)
    {
        DateTimeOffset? from = null;
        var before = since;
        foreach (var at in offered.Samples.Concat(served.Samples).Concat(p95.Samples).Select(s => s.At).Where(at => at >= since).Append(since).Distinct().Order())
        {
            var isShort = served.ValueAt(at) < Enough * offered.ValueAt(at) || p95.ValueAt(at) > bound;
            if (isShort && from is null)
            {
                from = at;
            }
            else if (!isShort && from is { } start)
            {
                return new Shortage(start, at, offered.ValueAt(at) < Enough * offered.ValueAt(before));
            }

            before = at;
        }

        return from is { } began ? new Shortage(began, null, false) : null;
    }

    /// <summary>Where the load rises most: there a learner would look first.</summary>
    public static DateTimeOffset GreatestRise(TimeSeries offered)
    {
        var (at, most) = (offered.Samples.Count == 0 ? DateTimeOffset.MinValue : offered.Samples[0].At, 0.0);
        for (var i = 1; i < offered.Samples.Count; i++)
        {
            var rise = offered.Samples[i].Value - offered.Samples[i - 1].Value;
            (at, most) = rise > most ? (offered.Samples[i].At, rise) : (at, most);
        }

        return at;
    }
}
