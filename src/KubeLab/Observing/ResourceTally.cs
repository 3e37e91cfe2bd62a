using KubeLab.Simulation;

namespace KubeLab.Observing;

/// <summary>CPU and memory of one kind (requested, used or allocatable) over time, with the present amounts.</summary>
internal sealed class ResourceTally(string kind)
{
    /// <summary>CPU in cores.</summary>
    public TimeSeries Cpu { get; } = new($"cpu {kind}", "cores");

    /// <summary>Memory in bytes.</summary>
    public TimeSeries Memory { get; } = new($"memory {kind}", "bytes");

    /// <summary>CPU at present, in thousandths of a core.</summary>
    public long MilliCpu { get; set; }

    /// <summary>Memory at present, in bytes.</summary>
    public long MemoryBytes { get; set; }

    /// <summary>Adds to the present amounts.</summary>
    public void Add(long milliCpu, long memoryBytes)
    {
        MilliCpu += milliCpu;
        MemoryBytes += memoryBytes;
    }

    /// <summary>Records the present amounts.</summary>
    public void Record(DateTimeOffset now)
    {
        Cpu.Record(now, MilliCpu / 1000.0);
        Memory.Record(now, MemoryBytes);
    }
}
