namespace KubeLab.Simulation.Storage;

/// <summary>How long a disk takes to make a write safe (fsync).</summary>
/// <seealso href="https://etcd.io/docs/v3.5/faq/#what-does-the-etcd-warning-failed-to-send-out-heartbeat-on-time-mean">etcd on slow disks</seealso>
public sealed record DiskProfile
{
    /// <summary>A cloud's solid state disk: two milliseconds on average; etcd wants 99 of 100 under ten.</summary>
    public static DiskProfile SolidState { get; } = new();

    /// <summary>The mean time of one fsync.</summary>
    public TimeSpan Sync { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The standard deviation over the mean (log-normal); 0 makes it constant.</summary>
    public double Variation { get; init; } = 0.5;

    /// <summary>Draws the time of one fsync.</summary>
    public TimeSpan Draw(Randomness chance) =>
        Variation == 0 ? Sync : TimeSpan.FromTicks((long)chance.LogNormal(Sync.Ticks, Variation));
}
