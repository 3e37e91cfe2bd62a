namespace KubeLab.Nodes.Pressure;

/// <summary>A pod as far as its eviction depends on it.</summary>
/// <param name="Priority">Its priority.</param>
/// <param name="Used">What it uses of what is short, in bytes.</param>
/// <param name="Requested">What it requested of it, in bytes.</param>
internal readonly record struct EvictionFigures(int Priority, long Used, long Requested)
{
    public bool ExceedsRequest => Used > Requested;
}

/// <summary>Who goes first: those that use more than they requested, then those of lower priority, then those that use most beyond their request.</summary>
/// <remarks>Upstream: rankMemoryPressure and rankDiskPressureFunc in pkg/kubelet/eviction/helpers.go. The class of the pod plays no part in itself.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#pod-selection-for-kubelet-eviction">Pod selection for kubelet eviction</seealso>
internal static class EvictionRanking
{
    /// <summary>The pods in the order in which they would go; those that nothing tells apart stay as they came.</summary>
    public static IEnumerable<T> Rank<T>(IEnumerable<T> pods, Func<T, EvictionFigures> figures) => pods
        .Select(pod => (Pod: pod, Figures: figures(pod)))
        .OrderByDescending(p => p.Figures.ExceedsRequest)
        .ThenBy(p => p.Figures.Priority)
        .ThenByDescending(p => p.Figures.Used - p.Figures.Requested)
        .Select(p => p.Pod);
}
