namespace KubeLab.Scheduling.Framework;

/// <summary>The nodes that fit, as scores see them: one by one, or one for each group of nodes that look alike to all plugins.</summary>
/// <param name="Nodes">The nodes, or one of each group.</param>
/// <param name="Counts">How many nodes each of them stands for; null when each stands for itself.</param>
public readonly record struct Candidates(IReadOnlyList<NodeInfo> Nodes, IReadOnlyList<int>? Counts = null)
{
    /// <summary>How many nodes number <paramref name="index"/> stands for.</summary>
    public int CountOf(int index) => Counts is null ? 1 : Counts[index];
}
