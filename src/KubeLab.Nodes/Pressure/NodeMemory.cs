namespace KubeLab.Nodes.Pressure;

/// <summary>The memory of a machine: what there is, what the system holds, and what all pods may hold together.</summary>
/// <param name="Capacity">All of it, in bytes; 0 when nobody knows.</param>
/// <param name="System">What the system holds.</param>
/// <param name="PodsMax">What pods may hold together: what is allocatable, and what is kept free for eviction.</param>
internal readonly record struct NodeMemory(long Capacity, long System, long PodsMax)
{
    /// <summary>The memory of a machine as its kubelet is told.</summary>
    public static NodeMemory Of(NodeConfig config)
    {
        var capacity = config.Capacity["memory"]?.Value ?? 0;
        var kept = config.Eviction.Thresholds.Find(t => t.Signal == EvictionSignals.MemoryAvailable && t.IsHard)?.BytesOf(capacity) ?? 0;
        var podsMax = config.Allocatable["memory"] is { } allocatable ? allocatable.Value + kept : capacity;
        return new NodeMemory(capacity, config.SystemMemory, Math.Min(podsMax, capacity));
    }

    /// <summary>Pods cannot hold more: then the kernel kills.</summary>
    public long FatalToPods => Math.Min(Capacity - System, PodsMax);

    /// <summary>Whether it is the machine that is full then, and not only what pods may hold of it.</summary>
    public bool IsMachineFull => Capacity - System <= PodsMax;

    /// <summary>What is left when pods hold so much.</summary>
    public IEnumerable<EvictionObservation> Observe(long heldByPods) => Capacity == 0 ? [] :
    [
        new(EvictionSignals.MemoryAvailable, Math.Max(Capacity - System - heldByPods, 0), Capacity),
        new(EvictionSignals.AllocatableMemoryAvailable, Math.Max(PodsMax - heldByPods, 0), PodsMax),
    ];

    /// <summary>The most that pods may hold without a threshold being crossed.</summary>
    public long Harmless(IEnumerable<EvictionThreshold> thresholds)
    {
        var most = long.MaxValue;
        foreach (var threshold in thresholds)
        {
            most = threshold.Signal switch
            {
                EvictionSignals.MemoryAvailable => Math.Min(most, Capacity - System - threshold.BytesOf(Capacity)),
                EvictionSignals.AllocatableMemoryAvailable => Math.Min(most, PodsMax - threshold.BytesOf(PodsMax)),
                _ => most,
            };
        }

        return most;
    }
}
