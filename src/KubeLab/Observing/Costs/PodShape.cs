namespace KubeLab.Observing.Costs;

/// <summary>What a pod requests, as far as it is paid for.</summary>
/// <param name="MilliCpu">CPU in thousandths of a core.</param>
/// <param name="MemoryBytes">Memory in bytes.</param>
internal readonly record struct PodShape(long MilliCpu, long MemoryBytes)
{
    /// <summary>Whether it fits wherever <paramref name="other"/> fits.</summary>
    public bool IsWithin(PodShape other) => MilliCpu <= other.MilliCpu && MemoryBytes <= other.MemoryBytes;
}
