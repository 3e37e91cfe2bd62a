namespace KubeLab.Cloud.Prices;

/// <summary>How a provider rounds time: up to its granularity, and to no less than a minimum.</summary>
/// <param name="Granularity">The step to which time is rounded up, whole seconds, at least one.</param>
/// <param name="Minimum">The least that is billed for each start, for example one minute.</param>
public readonly record struct BilledTime(TimeSpan Granularity, TimeSpan Minimum)
{
    /// <summary>Per second, without a minimum: fees and disks.</summary>
    public static BilledTime PerSecond => new(TimeSpan.FromSeconds(1), TimeSpan.Zero);

    /// <summary>The seconds that are billed for <paramref name="span"/>; a machine that ran for 40 s is billed for 60.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative.</exception>
    public long Seconds(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        var steps = (span.Ticks + Granularity.Ticks - 1) / Granularity.Ticks;
        return Math.Max(steps * Granularity.Ticks, Minimum.Ticks) / TimeSpan.TicksPerSecond;
    }
}
