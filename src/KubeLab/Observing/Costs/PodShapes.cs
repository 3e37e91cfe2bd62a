namespace KubeLab.Observing.Costs;

/// <summary>The shapes of all pods that run or wait, and whether room is of use to any of them.</summary>
/// <remarks>
/// Pods that request nothing are left out: they fit everywhere, and with them no room would ever be useless. Only shapes count that no other one is smaller than in both resources: where they do not fit,
/// nothing does.
/// </remarks>
internal sealed class PodShapes
{
    private readonly Dictionary<PodShape, int> counts = [];
    private PodShape[] minimal = [];

    /// <summary>The shapes that no other one is within.</summary>
    public IReadOnlyList<PodShape> Minimal => minimal;

    /// <summary>One more pod of this shape, or one less; tells whether the smallest shapes are others now.</summary>
    public bool Count(PodShape shape, int sign)
    {
        if (shape == default)
        {
            return false;
        }

        var before = counts.GetValueOrDefault(shape);
        if (before + sign == 0)
        {
            counts.Remove(shape);
        }
        else
        {
            counts[shape] = before + sign;
        }

        if (before > 0 && before + sign > 0)
        {
            return false;
        }

        var now = counts.Keys.Where(s => !counts.Keys.Any(o => o != s && o.IsWithin(s))).OrderBy(s => s.MilliCpu).ToArray();
        var differs = !now.AsSpan().SequenceEqual(minimal);
        minimal = now;
        return differs;
    }

    /// <summary>What is missing for the smallest pods where so much is free; null when one fits, or when there are no pods to fit.</summary>
    public string? Missing(long milliCpu, long memoryBytes, long pods)
    {
        if (minimal.Length == 0)
        {
            return null;
        }

        if (pods <= 0)
        {
            return "pods";
        }

        var (cpuFits, memoryFits) = (false, false);
        foreach (var shape in minimal)
        {
            var (hasCpu, hasMemory) = (shape.MilliCpu <= milliCpu, shape.MemoryBytes <= memoryBytes);
            if (hasCpu && hasMemory)
            {
                return null;
            }

            (cpuFits, memoryFits) = (cpuFits || hasCpu, memoryFits || hasMemory);
        }

        return cpuFits ? memoryFits ? "CPU and memory together" : "memory" : memoryFits ? "CPU" : "CPU and memory";
    }
}
