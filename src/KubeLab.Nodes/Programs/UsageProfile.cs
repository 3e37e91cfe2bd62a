namespace KubeLab.Nodes.Programs;

/// <summary>What a process uses over time: steps that hold until the next.</summary>
internal sealed class UsageProfile
{
    private const long BusyMillis = 1000;
    private static readonly ResourceUse Idle = new(1, 1 << 20);
    private static readonly TimeSpan BusyAfter = TimeSpan.FromSeconds(0.5);

    private readonly List<(TimeSpan From, ResourceUse Use)> steps = [];
    private TimeSpan busySince;
    private TimeSpan busyUntil;

    /// <summary>From <paramref name="at"/> on it uses this much.</summary>
    public void Set(TimeSpan at, ResourceUse use)
    {
        while (steps.Count > 0 && steps[^1].From >= at)
        {
            steps.RemoveAt(steps.Count - 1);
        }

        steps.Add((at, use));
    }

    /// <summary>A command that took <paramref name="took"/> began at <paramref name="at"/>: many in a row that compute and do not wait keep a core busy.</summary>
    public void Pass(TimeSpan at, TimeSpan took, bool computes)
    {
        if (!computes)
        {
            CloseBusy(at);
            return;
        }

        if (busyUntil == default)
        {
            busySince = at;
        }

        busyUntil = at + took;
    }

    /// <summary>What it uses at <paramref name="at"/>.</summary>
    public ResourceUse At(TimeSpan at)
    {
        var use = Idle;
        foreach (var step in steps)
        {
            if (step.From > at)
            {
                break;
            }

            use = step.Use;
        }

        return IsBusy && at >= busySince && at <= busyUntil ? use with { CpuMillis = BusyMillis } : use;
    }

    /// <summary>The most CPU it uses from <paramref name="from"/> on, as far as is known.</summary>
    public long CpuPeak(TimeSpan from)
    {
        var most = At(from).CpuMillis;
        for (var i = steps.Count - 1; i >= 0 && steps[i].From > from; i--)
        {
            most = Math.Max(most, steps[i].Use.CpuMillis);
        }

        return IsBusy && busyUntil > from ? Math.Max(most, BusyMillis) : most;
    }

    /// <summary>The most memory it uses between two instants, as far as is known.</summary>
    public long MemoryPeak(TimeSpan from, TimeSpan until)
    {
        var most = At(from).MemoryBytes;
        for (var i = steps.Count - 1; i >= 0 && steps[i].From > from; i--)
        {
            most = steps[i].From <= until ? Math.Max(most, steps[i].Use.MemoryBytes) : most;
        }

        return most;
    }

    /// <summary>When its use next changes after <paramref name="at"/>, as far as is known.</summary>
    public TimeSpan? Next(TimeSpan at)
    {
        TimeSpan? next = IsBusy && busySince > at ? busySince : null;
        for (var i = steps.Count - 1; i >= 0 && steps[i].From > at; i--)
        {
            next = next < steps[i].From ? next : steps[i].From;
        }

        return next;
    }

    /// <summary>When its memory first exceeds <paramref name="bytes"/>, as far as is known.</summary>
    public TimeSpan? Exceeds(long bytes)
    {
        foreach (var step in steps)
        {
            if (step.Use.MemoryBytes > bytes)
            {
                return step.From;
            }
        }

        return null;
    }

    private bool IsBusy => busyUntil - busySince > BusyAfter;

    private void CloseBusy(TimeSpan at)
    {
        if (IsBusy)
        {
            var before = At(busySince - TimeSpan.FromTicks(1));
            steps.Add((busySince, before with { CpuMillis = BusyMillis }));
            steps.Add((at, before));
        }

        busySince = busyUntil = default;
    }
}
