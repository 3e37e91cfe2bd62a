namespace KubeLab.Simulation.Storage;

/// <summary>A disk that takes its time: one fsync after the other.</summary>
public sealed class SimulatedDisk(VirtualClock clock, Randomness chance)
{
    private long freeAtTicks;

    /// <summary>How fast it is; an fsync under way keeps what it drew.</summary>
    public DiskProfile Profile { get; set; } = DiskProfile.SolidState;

    /// <summary>How many times slower than its profile it is now; 1 is healthy.</summary>
    public double Slowdown { get; set; } = 1;

    /// <summary>How many fsyncs it was asked for.</summary>
    public long Syncs { get; private set; }

    /// <summary>Runs <paramref name="done"/> when everything written so far is safe.</summary>
    public Scheduled Sync(Action done)
    {
        Syncs++;
        freeAtTicks = Math.Max(freeAtTicks, clock.Now.UtcTicks) + (long)(Profile.Draw(chance).Ticks * Slowdown);
        return clock.At(new DateTimeOffset(freeAtTicks, TimeSpan.Zero), done);
    }

    /// <summary>How long an fsync takes on a disk that has nothing else to do, for a caller who waits for it.</summary>
    public TimeSpan SyncNow()
    {
        Syncs++;
        return Profile.Draw(chance) * Slowdown;
    }

    /// <summary>The machine lost its power: what waited for the disk waits no longer.</summary>
    public void Reset() => freeAtTicks = 0;
}
