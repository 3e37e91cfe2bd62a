namespace KubeLab.Nodes.Serving;

/// <summary>What it takes a process to answer one request, and how many it answers at a time: all that traffic needs to know of a program.</summary>
/// <remarks>
/// How many requests per second it can serve follows: the CPU that it gets by the CPU that one takes, or its workers by the time that each is busy with one,
/// whichever is less (<see cref="ServingCapacity"/>).
/// </remarks>
public sealed record RequestProfile
{
    /// <summary>What an undescribed server is taken for: 1 ms of CPU and 1 ms of waiting for each request (assumption; round figures).</summary>
    public static RequestProfile Usual { get; } = new() { CpuSeconds = 0.001, BaseSeconds = 0.001, MemoryBytes = 16 << 10 };

    /// <summary>CPU that one request takes, in seconds of one core.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Time that one request takes beside its CPU, in seconds: waiting for a disk, a data base, another service.</summary>
    public double BaseSeconds { get; init; }

    /// <summary>How many requests are worked on at a time, at least 1.</summary>
    public int Workers { get; init; } = 100;

    /// <summary>How many requests may wait for a worker; more are refused.</summary>
    public int Queue { get; init; } = 128;

    /// <summary>Memory that one request holds while it is worked on or waits, in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>What one answer weighs on its way to the client, in bytes: 16 KiB unless said otherwise (assumption; a small page).</summary>
    public long ResponseBytes { get; init; } = 16 << 10;

    /// <summary>What it can serve at the most with all the CPU it can use, in requests per second.</summary>
    internal double RateMax => Workers / (CpuSeconds + BaseSeconds);
}
