namespace KubeLab.Nodes.Pressure;

/// <summary>How much of something is left.</summary>
/// <param name="Signal">What.</param>
/// <param name="Available">How much, in bytes.</param>
/// <param name="Capacity">Of how much.</param>
internal readonly record struct EvictionObservation(string Signal, long Available, long Capacity);

/// <summary>What a kubelet remembers between two looks, and what it decides at each: which conditions the node has, and which thresholds call for an eviction.</summary>
/// <remarks>Upstream: synchronize in pkg/kubelet/eviction/eviction_manager.go.</remarks>
internal sealed class EvictionState
{
    private static readonly string[] Conditionable = ["MemoryPressure", "DiskPressure"];

    private readonly Dictionary<EvictionThreshold, DateTimeOffset> firstMet;
    private readonly Dictionary<string, DateTimeOffset> lastSeen;

    private EvictionState(
        Dictionary<EvictionThreshold, DateTimeOffset> firstMet, Dictionary<string, DateTimeOffset> lastSeen, string[] conditions, EvictionThreshold[] due)
    {
        this.firstMet = firstMet;
        this.lastSeen = lastSeen;
        Conditions = conditions;
        Due = due;
    }

    /// <summary>Nothing has ever been short.</summary>
    public static EvictionState Calm { get; } = new([], [], [], []);

    /// <summary>The conditions that hold.</summary>
    public IReadOnlyList<string> Conditions { get; }

    /// <summary>The thresholds that call for an eviction: those about memory first.</summary>
    public IReadOnlyList<EvictionThreshold> Due { get; }

    /// <summary>Whether it has to look again, although nothing may change.</summary>
    public bool IsCalm => Conditions.Count == 0 && firstMet.Count == 0;

    /// <summary>What follows from what is seen now.</summary>
    public EvictionState Look(
        IReadOnlyList<EvictionThreshold> thresholds, IReadOnlyList<EvictionObservation> seen, TimeSpan transition, DateTimeOffset now)
    {
        var met = thresholds.Where(t => IsMet(t, seen, 0) || (Due.Contains(t) && IsMet(t, seen, t.MinReclaimBytes))).ToList();
        var first = met.ToDictionary(t => t, t => firstMet.GetValueOrDefault(t, now));
        var last = new Dictionary<string, DateTimeOffset>(lastSeen);
        foreach (var threshold in met)
        {
            last[EvictionSignals.ConditionOf(threshold.Signal)] = now;
        }

        return new EvictionState(
            first,
            last,
            [.. Conditionable.Where(c => last.TryGetValue(c, out var at) && now - at < transition)],
            [.. met.Where(t => now - first[t] >= t.GracePeriod).OrderBy(t => EvictionSignals.IsMemory(t.Signal) ? 0 : 1)]);
    }

    private static bool IsMet(EvictionThreshold threshold, IReadOnlyList<EvictionObservation> seen, long more)
    {
        foreach (var observation in seen)
        {
            if (observation.Signal == threshold.Signal)
            {
                return observation.Available < threshold.BytesOf(observation.Capacity) + more;
            }
        }

        return false;
    }
}
