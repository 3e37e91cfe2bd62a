namespace KubeLab.Cloud.Machines;

/// <summary>What is left of a machine for pods, after GKE's reservations for the system and for eviction.</summary>
/// <param name="CpuMillis">Thousandths of a CPU.</param>
/// <param name="MemoryBytes">Bytes of memory.</param>
/// <param name="Pods">How many pods may run.</param>
/// <seealso href="https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes#memory_and_cpu_reservations">GKE: memory and
/// CPU reservations</seealso>
public sealed record Allocatable(int CpuMillis, long MemoryBytes, int Pods)
{
    /// <summary>The most pods on a GKE node unless the pool says otherwise, as in upstream's kubelet.</summary>
    public const int DefaultPods = 110;

    private const long Mib = 1L << 20;
    private const long Gib = 1L << 30;

    /// <summary>Free memory below which the kubelet evicts pods: 100 MiB, taken off as well.</summary>
    public const long EvictionThresholdBytes = 100 * Mib;

    /// <summary>What pods may request on a machine of this type.</summary>
    public static Allocatable For(MachineType type, int pods = DefaultPods) =>
        For(type.CpuMillis, type.MemoryBytes, pods);

    /// <summary>What pods may request on a machine with this capacity.</summary>
    public static Allocatable For(int cpuMillis, long memoryBytes, int pods = DefaultPods) =>
        new(
            Math.Max(0, cpuMillis - ReservedCpuMillis(cpuMillis)),
            Math.Max(0, memoryBytes - ReservedMemoryBytes(memoryBytes) - EvictionThresholdBytes),
            pods);

    /// <summary>6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of all above; rounded up to a thousandth of a
    /// CPU.</summary>
    public static int ReservedCpuMillis(int cpuMillis)
    {
        // In hundredths of a percent, so that 0.25 % stays whole.
        long reserved = 0;
        reserved += 600L * Part(cpuMillis, 0, 1000);
        reserved += 100L * Part(cpuMillis, 1000, 2000);
        reserved += 50L * Part(cpuMillis, 2000, 4000);
        reserved += 25L * Part(cpuMillis, 4000, int.MaxValue);
        return (int)((reserved + 9_999) / 10_000);
    }

    /// <summary>255 MiB below 1 GiB; else 25 % of the first 4 GiB, 20 % of the next 4, 10 % of the next 8, 6 % of the next 112, 2 % of
    /// all above.</summary>
    public static long ReservedMemoryBytes(long memoryBytes) =>
        memoryBytes < Gib
            ? 255 * Mib
            : ((25 * Part(memoryBytes, 0, 4 * Gib))
                + (20 * Part(memoryBytes, 4 * Gib, 8 * Gib))
                + (10 * Part(memoryBytes, 8 * Gib, 16 * Gib))
                + (6 * Part(memoryBytes, 16 * Gib, 128 * Gib))
                + (2 * Part(memoryBytes, 128 * Gib, long.MaxValue))) / 100;

    /// <summary>What pods may request of a boot disk: without 10 % for eviction and the least of 50 %, 6 GiB + 35 %, and 100 GiB for the
    /// system.</summary>
    public static long EphemeralStorageBytes(int diskGib)
    {
        var capacity = diskGib * Gib;
        var reserved = Math.Min(Math.Min(capacity / 2, (6 * Gib) + (capacity * 35 / 100)), 100 * Gib);
        return Math.Max(0, capacity - (capacity / 10) - reserved);
    }

    private static long Part(long value, long from, long to) => Math.Clamp(value, from, to) - from;
}
