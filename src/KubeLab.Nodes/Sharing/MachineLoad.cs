using KubeLab.Api.Verbs;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pressure;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Sharing;

/// <summary>
/// The containers that run on a machine, and the most that each may use. While the sum of that stays within what the machine has, nothing more is computed and no event happens:
/// an ordinary node costs two additions for each start and end of a container.
/// </summary>
internal sealed class MachineLoad
{
    // What happens later is not foreseen.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(3650);
    private static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(1);

    private readonly List<ContainerRun> running = [];
    private readonly NodeConfig config;
    private readonly long cores;

    /// <summary>The load of a machine that runs nothing yet.</summary>
    public MachineLoad(VirtualClock clock, NodeConfig config)
    {
        this.config = config;
        cores = config.Capacity["cpu"]?.MilliValue ?? long.MaxValue;
        Clock = clock;
        Cpu = new CpuSharing(this, config);
        OutOfMemory = new OutOfMemory(this, config);
        Meter = new CpuMeter(clock, config);
    }

    /// <summary>Virtual time.</summary>
    public VirtualClock Clock { get; }

    /// <summary>Who gets how much CPU.</summary>
    public CpuSharing Cpu { get; }

    /// <summary>Who dies when there is no memory left.</summary>
    public OutOfMemory OutOfMemory { get; }

    /// <summary>How much CPU time the machine has given.</summary>
    public CpuMeter Meter { get; }

    /// <summary>Called when what containers may use has changed.</summary>
    public Action? Changed { get; set; }

    /// <summary>The containers whose processes exist, in the order in which they started.</summary>
    public IReadOnlyList<ContainerRun> Running => running;

    /// <summary>CPU that they may use together at most, in thousandths of a core, until one of them has news.</summary>
    public long CpuPeak { get; private set; }

    /// <summary>Memory that they may use together at most, in bytes, until one of them has news.</summary>
    public long MemoryPeak { get; private set; }

    /// <summary>A container runs, or knows more of its future.</summary>
    public void Note(ContainerRun container)
    {
        if (!container.IsCounted)
        {
            container.IsCounted = true;
            running.Add(container);
        }

        Count(container, container.CpuPeak(), container.MemoryPeak(Horizon));
        Tell();
    }

    /// <summary>A container runs no more.</summary>
    public void Remove(ContainerRun container)
    {
        if (!container.IsCounted)
        {
            return;
        }

        container.IsCounted = false;
        running.Remove(container);
        Count(container, 0, 0);
        container.CpuShare = 1;
        Tell();
    }

    /// <summary>Asks all containers again for the most that they may use.</summary>
    public void Recount()
    {
        foreach (var container in running)
        {
            Count(container, container.CpuPeak(), container.MemoryPeak(Horizon));
        }
    }

    /// <summary>The most memory that they use together from now until <paramref name="wait"/> has passed, in bytes.</summary>
    public long MemoryWithin(TimeSpan wait)
    {
        long sum = 0;
        foreach (var container in running)
        {
            sum += container.MemoryPeak(wait);
        }

        return sum;
    }

    /// <summary>How long until they may use more than <paramref name="bytes"/> together; null when they never do, as far as is known.</summary>
    public TimeSpan? FirstAbove(long bytes)
    {
        if (MemoryWithin(Horizon) <= bytes)
        {
            return null;
        }

        if (MemoryWithin(TimeSpan.Zero) > bytes)
        {
            return TimeSpan.Zero;
        }

        var (below, above) = (0L, Horizon / Precision is var steps ? (long)steps : 0);
        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            (below, above) = MemoryWithin(Precision * middle) > bytes ? (below, middle) : (middle, above);
        }

        return Precision * above;
    }

    /// <summary>What the system and all containers use together now, without the parts.</summary>
    public NodeUsage TotalUse()
    {
        long cpu = config.SystemCpuMillis, memory = config.SystemMemory;
        foreach (var container in running)
        {
            var use = container.UseNow();
            cpu += use.CpuMillis;
            memory += use.MemoryBytes;
        }

        return new NodeUsage(Math.Min(cpu, cores), memory, []);
    }

    private void Tell()
    {
        Cpu.OnChanged();
        OutOfMemory.OnChanged();
        Changed?.Invoke();
    }

    private void Count(ContainerRun container, long cpu, long memory)
    {
        MemoryPeak += memory - container.MemoryCounted;
        container.MemoryCounted = memory;
        CpuPeak += cpu - container.CpuCounted;
        container.CpuCounted = cpu;
    }
}
