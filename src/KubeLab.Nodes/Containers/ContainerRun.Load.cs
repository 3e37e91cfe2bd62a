using KubeLab.Nodes.Programs;

namespace KubeLab.Nodes.Containers;

/// <summary>What the process uses, and what of it the machine gives.</summary>
internal sealed partial class ContainerRun
{
    // More than any machine has, and little enough for a sum of many.
    private const long MemoryMax = 1L << 50;

    // Memory is given in pages.
    private const long PageBytes = 4096;

    private bool endsNow;
    private long cpuLimitMillis;

    /// <summary>The share of the wanted CPU that it gets; 1 unless others compete for it.</summary>
    public double CpuShare { get; set; } = 1;

    /// <summary>Whether the machine counts it among those that run.</summary>
    public bool IsCounted { get; set; }

    /// <summary>The most CPU it may use, as the machine has counted it.</summary>
    public long CpuCounted { get; set; }

    /// <summary>The most memory it may use, as the machine has counted it.</summary>
    public long MemoryCounted { get; set; }

    /// <summary>What it uses now: CPU is throttled at its limit and shared with others, memory has been judged already.</summary>
    public ResourceUse UseNow()
    {
        var use = WantedNow();
        return CpuShare < 1 ? use with { CpuMillis = (long)(use.CpuMillis * CpuShare) } : use;
    }

    /// <summary>What it would use now without others beside it, its limit applied.</summary>
    public ResourceUse WantedNow()
    {
        if (!IsAlive || run is null)
        {
            return default;
        }

        var use = run.UseAt(Elapsed);
        return new ResourceUse(Throttled(use.CpuMillis + (serving?.CpuMillis ?? 0)), use.MemoryBytes + (serving?.MemoryBytes ?? 0));
    }

    /// <summary>The memory that it holds now.</summary>
    public long MemoryNow() => !IsAlive || run is null ? 0 : run.UseAt(Elapsed).MemoryBytes + (serving?.MemoryBytes ?? 0);

    /// <summary>The most CPU it may use from now on, its limit applied.</summary>
    public long CpuPeak() => run is null ? 0 : Throttled(run.CpuPeak(Elapsed) + (serving?.CpuMillis ?? 0));

    /// <summary>How long until what it uses changes by a step, as far as is known.</summary>
    public TimeSpan? NextUse() => IsAlive && run?.NextUse(Elapsed) is { } at ? at - Elapsed : null;

    /// <summary>From now on it gets this share of the CPU it wants, and what it does may take longer or shorter.</summary>
    public void Restrain(double share)
    {
        CountCpu();
        CpuShare = share;
        if (IsAlive && run!.Restrain(Elapsed, share))
        {
            LookAgain();
        }

        serving?.OnShareChanged();
    }

    /// <summary>The most memory it uses from now until <paramref name="wait"/> has passed; with more than its limit it would be dead.</summary>
    public long MemoryPeak(TimeSpan wait)
    {
        if (run is null || endsNow)
        {
            return 0;
        }

        var pages = (Math.Min(run.MemoryPeak(Elapsed, Elapsed + wait) + (serving?.MemoryBytes ?? 0), MemoryMax) + PageBytes - 1) / PageBytes;
        var most = pages * PageBytes;
        return Spec.Resources.Limits["memory"] is { IsZero: false } limit ? Math.Min(most, limit.Value) : most;
    }

    /// <summary>What the kernel calls its process: the executable's name, of which it keeps 15 letters.</summary>
    public string ProcessName
    {
        get
        {
            var path = Spec.Command.IsEmpty ? (Spec.Image ?? "").Split('@', ':')[0] : Spec.Command[0];
            var name = path[(path.LastIndexOf('/') + 1)..];
            return name.Length > 15 ? name[..15] : name;
        }
    }

    /// <summary>The kernel kills it for its memory, at once.</summary>
    public void Kill() => EndNow(ExitOnKill, "OOMKilled");

    /// <summary>The process ends by itself, at once: something that it found out beyond what its program says.</summary>
    public void Exit(int exitCode) => EndNow(exitCode, exitCode == 0 ? "Completed" : "Error");

    private void EndNow(int exitCode, string reason)
    {
        if (!IsAlive)
        {
            return;
        }

        endsNow = true;
        timer?.Cancel();
        timer = null;
        stop = new PlannedEnd(TimeSpan.Zero, exitCode, reason);
        Advance();
    }

    private long Throttled(long millis) => Math.Min(millis, cpuLimitMillis);

    // It is asked far more often than it changes.
    private void ReadLimit() => cpuLimitMillis = Spec.Resources.Limits["cpu"]?.MilliValue ?? long.MaxValue;
}
