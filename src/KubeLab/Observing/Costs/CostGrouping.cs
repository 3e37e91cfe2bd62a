namespace KubeLab.Observing.Costs;

/// <summary>Whose money a bar of <see cref="CostSplit.Chart"/> is.</summary>
public enum CostGrouping
{
    /// <summary>A node pool's.</summary>
    Pool,

    /// <summary>A namespace's.</summary>
    Namespace,

    /// <summary>A workload's.</summary>
    Workload,
}
