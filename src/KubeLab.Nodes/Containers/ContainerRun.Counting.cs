namespace KubeLab.Nodes.Containers;

/// <summary>The CPU time that the process has taken, as its control group counts it.</summary>
/// <remarks>Nothing is added up while nothing changes: what the process uses holds from one change to the next, and is counted when it changes or when somebody asks.</remarks>
internal sealed partial class ContainerRun
{
    // Thousandths of a core for 100 ns each; there is room for 29 years of a core.
    private const int UnitsPerNanosecond = 10;

    private long cpuUnits;
    private long countedTicks;
    private bool isCounting;

    /// <summary>CPU time since the start of the present run, or of the whole last one, in nanoseconds of a core.</summary>
    public long CpuNanoseconds()
    {
        CountCpu();
        return cpuUnits / UnitsPerNanosecond;
    }

    /// <summary>Counts what was used up to now; to be called before anything changes what is used from now on.</summary>
    public void CountCpu()
    {
        if (!isCounting)
        {
            return;
        }

        var until = Elapsed;
        if (until.Ticks == countedTicks)
        {
            return;
        }

        for (var from = new TimeSpan(countedTicks); from < until;)
        {
            var next = run!.NextUse(from) is { } change && change > from && change < until ? change : until;

            // A program that describes its use by steps has one value between two of them; one that does not, for example by a ramp, is met in the middle.
            var (first, last) = (CpuAt(from), CpuAt(next - TimeSpan.FromTicks(1)));
            cpuUnits += (first + last) * (next - from).Ticks / 2;
            from = next;
        }

        countedTicks = until.Ticks;
    }

    private long CpuAt(TimeSpan at)
    {
        var wanted = Throttled(run!.UseAt(at).CpuMillis + (serving?.CpuMillis ?? 0));
        return CpuShare < 1 ? (long)(wanted * CpuShare) : wanted;
    }

    private void BeginCounting() => (cpuUnits, countedTicks, isCounting) = (0, 0, true);

    private void EndCounting()
    {
        CountCpu();
        if (isCounting)
        {
            isCounting = false;
            Host.Load.Meter.Keep(cpuUnits / UnitsPerNanosecond);
        }
    }
}
