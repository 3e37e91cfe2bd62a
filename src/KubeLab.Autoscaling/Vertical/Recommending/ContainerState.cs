namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>One running container: which samples it has given, and its peak of memory in the current interval.</summary>
/// <remarks>Upstream: pkg/recommender/model/container.go.</remarks>
internal sealed class ContainerState(Aggregations aggregations, AggregateState aggregate)
{
    private DateTimeOffset lastCpu;
    private DateTimeOffset lastMemory;
    private long memoryPeak;
    private long oomPeak;

    /// <summary>Where its samples go.</summary>
    public AggregateState Aggregate { get; set; } = aggregate;

    /// <summary>What it requests, in thousandths of a core.</summary>
    public long CpuRequest { get; set; }

    /// <summary>What it requests, in bytes.</summary>
    public long MemoryRequest { get; set; }

    /// <summary>The end of the interval of which it has the peak; the default value before its first sample.</summary>
    public DateTimeOffset WindowEnd { get; private set; }

    /// <summary>The most memory in the current interval, measured or supposed after a kill.</summary>
    public long Peak => Math.Max(memoryPeak, oomPeak);

    /// <summary>Takes a sample of CPU; false when it is negative, or not newer than the last one.</summary>
    public bool AddCpu(long milli, DateTimeOffset at)
    {
        if (milli < 0 || at <= lastCpu)
        {
            return false;
        }

        Aggregate.AddCpu(milli, CpuRequest, at);
        lastCpu = at;
        return true;
    }

    /// <summary>Takes a sample of memory; false when it is negative, or older than the last one.</summary>
    public bool AddMemory(long bytes, DateTimeOffset at) => AddMemory(bytes, at, isOom: false);

    /// <summary>The container was killed for want of memory: it is thought to need more than it requested or used. False when that is too long ago.</summary>
    /// <param name="at">When.</param>
    /// <param name="requested">What it requested then, in bytes.</param>
    public bool RecordOom(DateTimeOffset at, long requested)
    {
        if (WindowEnd != default && at < WindowEnd - aggregations.MemoryInterval)
        {
            return false;
        }

        // What was supposed after an earlier kill does not count, so that one kill after another does not drive it up without end.
        var used = Math.Max(requested, memoryPeak);
        var needed = Math.Max(Amounts.Of(used + aggregations.OomBytesMin), Amounts.Scaled(used, aggregations.OomRatio));
        return AddMemory(needed, at, isOom: true);
    }

    private bool AddMemory(long bytes, DateTimeOffset at, bool isOom)
    {
        if (bytes < 0 || (!isOom && at < lastMemory))
        {
            return false;
        }

        lastMemory = at;
        WindowEnd = WindowEnd == default ? at : WindowEnd;
        if (at >= WindowEnd)
        {
            // The first peak of the next interval that has not ended.
            var interval = aggregations.MemoryInterval;
            WindowEnd += (interval * ((at - WindowEnd).Ticks / interval.Ticks)) + interval;
            (memoryPeak, oomPeak) = (0, 0);
        }
        else if (Peak != 0 && bytes > Peak)
        {
            Aggregate.SubtractPeak(Peak, WindowEnd);
        }
        else
        {
            return true;
        }

        Aggregate.AddPeak(bytes, WindowEnd);
        (memoryPeak, oomPeak) = isOom ? (memoryPeak, bytes) : (bytes, oomPeak);
        return true;
    }
}
