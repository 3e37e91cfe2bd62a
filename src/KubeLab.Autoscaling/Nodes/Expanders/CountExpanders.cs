using KubeLab.Autoscaling.Nodes.ScaleUp;

namespace KubeLab.Autoscaling.Nodes.Expanders;

/// <summary>Prefers the group that helps most pods.</summary>
public sealed class MostPodsExpander : IExpander
{
    /// <inheritdoc/>
    public IReadOnlyList<ExpansionOption> Best(IReadOnlyList<ExpansionOption> options)
    {
        var most = options.Max(o => o.Pods.Count);
        return most == 0 ? [] : [.. options.Where(o => o.Pods.Count == most)];
    }
}

/// <summary>Prefers the group that needs fewest new nodes.</summary>
public sealed class LeastNodesExpander : IExpander
{
    /// <inheritdoc/>
    public IReadOnlyList<ExpansionOption> Best(IReadOnlyList<ExpansionOption> options)
    {
        var counted = options.Where(o => o.NodeCount > 0).ToList();
        return counted.Count == 0 ? [] : [.. counted.Where(o => o.NodeCount == counted.Min(other => other.NodeCount))];
    }
}
