using KubeLab.Simulation;

namespace KubeLab.Nodes.Sharing;

/// <summary>The CPU time that a machine has given since it was switched on, as its root control group counts it: containers that are gone stay in it.</summary>
internal sealed class CpuMeter(VirtualClock clock, NodeConfig config)
{
    private const long NanosecondsPerMilliTick = 10;

    private long ended;

    /// <summary>When the machine was switched on.</summary>
    public DateTimeOffset BootedAt { get; private set; } = clock.Now;

    /// <summary>The machine is switched on; it counts from nothing.</summary>
    public void Boot() => (BootedAt, ended) = (clock.Now, 0);

    /// <summary>A container has ended that took so much.</summary>
    public void Keep(long nanoseconds) => ended += nanoseconds;

    /// <summary>What the system and all containers have taken, in nanoseconds of a core, when those that still run took <paramref name="running"/>.</summary>
    public long Total(long running) => ended + running + (config.SystemCpuMillis * (clock.Now - BootedAt).Ticks / NanosecondsPerMilliTick);
}
