namespace KubeLab.Nodes.Programs;

/// <summary>What a process uses over time: steps that hold until the next.</summary>
internal sealed class UsageProfile
{
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

    /// <summary>A command that took <paramref name="took"/> began at <paramref name="at"/>: many short ones in a row keep a core busy.</summary>
    public void Pass(TimeSpan at, TimeSpan took)
    {
        if (took > ShellSlice)
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

        return busyUntil - busySince > BusyAfter && at >= busySince && at <= busyUntil ? use with { CpuMillis = 1000 } : use;
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

    private static TimeSpan ShellSlice => Shell.ShellProcess.CommandTime * 2;

    private void CloseBusy(TimeSpan at)
    {
        if (busyUntil - busySince > BusyAfter)
        {
            var before = At(busySince - TimeSpan.FromTicks(1));
            steps.Add((busySince, before with { CpuMillis = 1000 }));
            steps.Add((at, before));
        }

        busySince = busyUntil = default;
    }
}
