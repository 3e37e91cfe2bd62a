namespace KubeLab.Simulated.Metrics;

/// <summary>A counter of CPU time as it stood when it was read, or when it began.</summary>
/// <param name="At">When.</param>
/// <param name="StartedAt">When it began to count.</param>
/// <param name="CpuNanoseconds">CPU time since then, in nanoseconds of a core.</param>
/// <param name="MemoryBytes">Memory at that instant, in bytes.</param>
internal readonly record struct CounterPoint(DateTimeOffset At, DateTimeOffset StartedAt, long CpuNanoseconds, long MemoryBytes)
{
    // A container that is younger than this says too little at its first reading.
    private static readonly TimeSpan FreshMin = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The point to compare with: the reading before, unless the counter has begun anew since; the counter's own beginning when it is ten seconds old and younger than the time between two
    /// readings; else none.
    /// </summary>
    /// <param name="last">The reading before; null when there was none.</param>
    /// <param name="resolution">The time between two readings.</param>
    /// <remarks>Upstream: podStorage.Store in metrics-server's pkg/storage.</remarks>
    public CounterPoint? Before(CounterPoint? last, TimeSpan resolution)
    {
        var age = At - StartedAt;
        if (age >= FreshMin && age < resolution)
        {
            return this with { At = StartedAt, CpuNanoseconds = 0 };
        }

        return SinceLast(last);
    }

    /// <summary>The reading before, unless the counter has begun anew since; else none.</summary>
    public CounterPoint? SinceLast(CounterPoint? last) => last is { } known && StartedAt < known.At ? last : null;

    /// <summary>The mean use since <paramref name="before"/>, in billionths of a core; null when the counter has gone back.</summary>
    public long? NanocoresSince(CounterPoint before) =>
        CpuNanoseconds < before.CpuNanoseconds || StartedAt < before.StartedAt ? null : (long)Math.Round((CpuNanoseconds - before.CpuNanoseconds) / (At - before.At).TotalSeconds);
}
