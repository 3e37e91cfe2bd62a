using KubeLab.Nodes.Serving;

namespace KubeLab.Nodes.Programs;

/// <summary>What one request takes a declared program, in figures with a spread.</summary>
internal sealed record RequestFigures(Figure CpuMs, Figure LatencyMs, Figure Workers, Figure Queue, Figure MemoryKiB, Figure ResponseKiB)
{
    // Environment variables are typed by learners: what makes no sense is taken for the nearest thing that does.
    private const double SecondsMin = 1e-6;
    private const double CountMax = 1e6;

    /// <summary>The figures of one start.</summary>
    public RequestProfile For(ProgramContext context) => new()
    {
        CpuSeconds = Math.Max(CpuMs.For(context) / 1000, SecondsMin),
        BaseSeconds = Math.Max(LatencyMs.For(context) / 1000, 0),
        Workers = (int)Math.Clamp(Workers.For(context), 1, CountMax),
        Queue = (int)Math.Clamp(Queue.For(context), 0, CountMax),
        ResponseBytes = (long)(Math.Clamp(ResponseKiB.For(context), 0, CountMax * CountMax) * 1024),
        MemoryBytes = (long)(Math.Clamp(MemoryKiB.For(context), 0, CountMax * CountMax) * 1024),
    };
}
