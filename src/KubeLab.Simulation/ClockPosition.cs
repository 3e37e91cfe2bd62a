namespace KubeLab.Simulation;

/// <summary>Where a simulation stands: behind which of its events, and at what instant.</summary>
/// <param name="DueTicks">When the last event that ran was due.</param>
/// <param name="Rank">That event's place among those of its instant.</param>
/// <param name="NowTicks">The instant, which may be later than that event.</param>
public readonly record struct ClockPosition(long DueTicks, long Rank, long NowTicks)
{
    /// <summary>The instant, in UTC.</summary>
    public DateTimeOffset Now => new(NowTicks, TimeSpan.Zero);
}
