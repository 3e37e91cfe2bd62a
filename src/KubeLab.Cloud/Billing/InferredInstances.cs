namespace KubeLab.Cloud.Billing;

/// <summary>How long each vCPU of an account was in use in a month, when machines that follow each other count as one that ran through.</summary>
/// <remarks>
/// Google Cloud adds up the vCPUs of a family in a region, whatever machines they belong to: the first layer is in use whenever at least one is, the second whenever two are, and so on. What one machine
/// leaves, the next one takes over. That is the way in which sustained use is counted that is best for whoever pays.
/// </remarks>
/// <seealso href="https://cloud.google.com/compute/docs/sustained-use-discounts">Google Cloud: sustained use discounts, resource-based pricing and inferred instances</seealso>
public sealed class InferredInstances
{
    private readonly SortedDictionary<decimal, decimal> secondsAt = [];

    private InferredInstances(decimal monthSeconds) => MonthSeconds = monthSeconds;

    /// <summary>The length of the month, in seconds.</summary>
    public decimal MonthSeconds { get; }

    /// <summary>Unit-seconds of all layers: vCPUs times the time in which they were in use.</summary>
    public decimal UnitSeconds => secondsAt.Sum(level => level.Key * level.Value);

    /// <summary>Counts intervals of use.</summary>
    /// <param name="uses">How many units from when to when; parts outside of the month are left out.</param>
    /// <param name="from">The begin of the month.</param>
    /// <param name="to">Its end.</param>
    public static InferredInstances Of(IEnumerable<(decimal Units, DateTimeOffset From, DateTimeOffset To)> uses, DateTimeOffset from, DateTimeOffset to)
    {
        var changes = new SortedDictionary<long, decimal>();
        foreach (var (units, began, ended) in uses)
        {
            var (start, end) = (began < from ? from : began, ended > to ? to : ended);
            if (start < end)
            {
                changes[start.UtcTicks] = changes.GetValueOrDefault(start.UtcTicks) + units;
                changes[end.UtcTicks] = changes.GetValueOrDefault(end.UtcTicks) - units;
            }
        }

        var instances = new InferredInstances(Seconds(to.UtcTicks - from.UtcTicks));
        decimal level = 0;
        long at = 0;
        foreach (var (ticks, change) in changes)
        {
            if (level > 0)
            {
                instances.secondsAt[level] = instances.secondsAt.GetValueOrDefault(level) + Seconds(ticks - at);
            }

            (level, at) = (level + change, ticks);
        }

        return instances;
    }

    /// <summary>The layers that are alike, lowest first: how many units were in use together for how long, in seconds.</summary>
    /// <param name="above">How many layers from the bottom are left out, because something else pays for them.</param>
    public IEnumerable<(decimal Units, decimal Seconds)> Layers(decimal above = 0)
    {
        decimal below = above;
        var seconds = secondsAt.Where(level => level.Key > above).Sum(level => level.Value);
        foreach (var (level, held) in secondsAt)
        {
            if (level > below)
            {
                yield return (level - below, seconds);
                seconds -= held;
                below = level;
            }
        }
    }

    private static decimal Seconds(long ticks) => (decimal)ticks / TimeSpan.TicksPerSecond;
}
