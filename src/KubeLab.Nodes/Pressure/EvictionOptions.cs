using KubeLab.Api;

namespace KubeLab.Nodes.Pressure;

/// <summary>When a kubelet takes pods from its machine to keep it alive.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/">Node-pressure eviction</seealso>
public sealed record EvictionOptions
{
    /// <summary>Upstream's defaults: less than 100 MiB of memory, 10 % of the disk or 15 % of the images' disk, all at once and without grace.</summary>
    public static EvictionOptions Default { get; } = new();

    /// <summary>The thresholds; those with a grace period are soft.</summary>
    public ValueList<EvictionThreshold> Thresholds { get; init; } =
    [
        new EvictionThreshold { Signal = EvictionSignals.MemoryAvailable, Bytes = 100L << 20 },
        new EvictionThreshold { Signal = EvictionSignals.NodeFsAvailable, Share = 0.1 },
        new EvictionThreshold { Signal = EvictionSignals.ImageFsAvailable, Share = 0.15 },
    ];

    /// <summary>How long a condition outlives the pressure, so that it does not flap.</summary>
    public TimeSpan PressureTransitionPeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The time between two looks.</summary>
    public TimeSpan HousekeepingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The seconds that a pod gets to end when it is evicted over a soft threshold.</summary>
    public int MaxPodGracePeriodSeconds { get; init; }

    /// <summary>The thresholds as the kubelet acts on them: what pods may have together is watched like what the machine has.</summary>
    internal IReadOnlyList<EvictionThreshold> Effective =>
    [
        .. Thresholds,
        .. Thresholds.Where(t => t.Signal == EvictionSignals.MemoryAvailable && t.IsHard).Select(t => t with { Signal = EvictionSignals.AllocatableMemoryAvailable }),
    ];
}

/// <summary>A bound on something that may run out.</summary>
public sealed record EvictionThreshold
{
    /// <summary>What, for example <c>memory.available</c>.</summary>
    public required string Signal { get; init; }

    /// <summary>The least that should be left, in bytes; not used when <see cref="Share"/> is set.</summary>
    public long Bytes { get; init; }

    /// <summary>The least that should be left, as a share of all; 0 when <see cref="Bytes"/> says it.</summary>
    public double Share { get; init; }

    /// <summary>How long less may be left before pods are evicted; zero for a hard threshold.</summary>
    public TimeSpan GracePeriod { get; init; }

    /// <summary>How much more must be left, in bytes, before the threshold counts as kept again.</summary>
    public long MinReclaimBytes { get; init; }

    /// <summary>Whether pods are evicted at once, without grace.</summary>
    public bool IsHard => GracePeriod == TimeSpan.Zero;

    /// <summary>The least that should be left of <paramref name="capacity"/>.</summary>
    public long BytesOf(long capacity) => Share > 0 ? (long)(capacity * Share) : Bytes;
}

/// <summary>What kubelets look at.</summary>
public static class EvictionSignals
{
    /// <summary>The machine's memory.</summary>
    public const string MemoryAvailable = "memory.available";

    /// <summary>What pods may have of it together.</summary>
    public const string AllocatableMemoryAvailable = "allocatableMemory.available";

    /// <summary>The machine's disk.</summary>
    public const string NodeFsAvailable = "nodefs.available";

    /// <summary>The disk that holds images; here the same.</summary>
    public const string ImageFsAvailable = "imagefs.available";

    /// <summary>The resource that is short, as events and messages call it.</summary>
    internal static string ResourceOf(string signal) => IsMemory(signal) ? "memory" : "ephemeral-storage";

    /// <summary>The condition that the node then has.</summary>
    internal static string ConditionOf(string signal) => IsMemory(signal) ? "MemoryPressure" : "DiskPressure";

    /// <summary>Whether it is about memory.</summary>
    internal static bool IsMemory(string signal) => signal is MemoryAvailable or AllocatableMemoryAvailable;
}
