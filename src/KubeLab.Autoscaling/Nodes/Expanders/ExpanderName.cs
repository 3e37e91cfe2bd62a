namespace KubeLab.Autoscaling.Nodes.Expanders;

/// <summary>The ways to choose among groups that could grow.</summary>
/// <seealso href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-are-expanders">What are Expanders?</seealso>
public enum ExpanderName
{
    /// <summary>By chance.</summary>
    Random,

    /// <summary>The group that helps most pods.</summary>
    MostPods,

    /// <summary>The group of which least CPU and memory stays unused.</summary>
    LeastWaste,

    /// <summary>The group that needs fewest new nodes.</summary>
    LeastNodes,

    /// <summary>The group that is cheapest for what its pods ask for, at machines of a size that suits the cluster.</summary>
    Price,

    /// <summary>The group that the ConfigMap <c>cluster-autoscaler-priority-expander</c> ranks highest.</summary>
    Priority,
}

/// <summary>Expanders' names as the flag spells them.</summary>
public static class ExpanderNames
{
    /// <summary>For example <c>least-waste</c>.</summary>
    public static string Word(this ExpanderName name) => name switch
    {
        ExpanderName.MostPods => "most-pods",
        ExpanderName.LeastWaste => "least-waste",
        ExpanderName.LeastNodes => "least-nodes",
        ExpanderName.Price => "price",
        ExpanderName.Priority => "priority",
        _ => "random",
    };
}
