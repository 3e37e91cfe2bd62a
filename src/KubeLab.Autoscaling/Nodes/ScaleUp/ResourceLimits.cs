using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Provider;

namespace KubeLab.Autoscaling.Nodes.ScaleUp;

/// <summary>How many cores and how much memory the whole cluster may still get, or give up.</summary>
/// <remarks>Upstream: core/scaleup/resource and core/scaledown/resource.</remarks>
/// <param name="Cores">Whole cores.</param>
/// <param name="MemoryBytes">Bytes of memory.</param>
public readonly record struct ResourceLimits(long Cores, long MemoryBytes)
{
    /// <summary>What may be added to what there is and what is coming.</summary>
    public static ResourceLimits ForScaleUp(ClusterAutoscalerOptions options, IEnumerable<Node> nodes, ICloudNodeGroups cloud, Func<INodeGroup, Node?> templateOf)
    {
        var (cores, memory) = (0L, 0L);
        foreach (var group in cloud.Groups)
        {
            if (group.TargetSize > 0 && templateOf(group) is { } template)
            {
                var each = Of(template);
                (cores, memory) = (cores + (each.Cores * group.TargetSize), memory + (each.MemoryBytes * group.TargetSize));
            }
        }

        foreach (var node in nodes.Where(n => cloud.GroupOf(n) is null))
        {
            var own = Of(node);
            (cores, memory) = (cores + own.Cores, memory + own.MemoryBytes);
        }

        return new ResourceLimits(Math.Max(0, options.CoresTotal.Max - cores), Math.Max(0, Bytes(options.MemoryTotalGib.Max) - memory));
    }

    /// <summary>What may be taken from the nodes that stay.</summary>
    public static ResourceLimits ForScaleDown(ClusterAutoscalerOptions options, IEnumerable<Node> staying)
    {
        var (cores, memory) = (0L, 0L);
        foreach (var node in staying)
        {
            var own = Of(node);
            (cores, memory) = (cores + own.Cores, memory + own.MemoryBytes);
        }

        return new ResourceLimits(Math.Max(0, cores - options.CoresTotal.Min), Math.Max(0, memory - Bytes(options.MemoryTotalGib.Min)));
    }

    /// <summary>What one node has.</summary>
    public static ResourceLimits Of(Node node) => new((node.Status.Capacity["cpu"]?.MilliValue ?? 0) / 1000, node.Status.Capacity["memory"]?.Value ?? 0);

    /// <summary>The names of the resources of which one such node takes more than is left: <c>cpu</c>, <c>memory</c>.</summary>
    public IReadOnlyList<string> ExceededBy(ResourceLimits node)
    {
        var names = new List<string>();
        if (node.Cores > Cores)
        {
            names.Add("cpu");
        }

        if (node.MemoryBytes > MemoryBytes)
        {
            names.Add("memory");
        }

        return names;
    }

    /// <summary>How many of <paramref name="wanted"/> such nodes the limits allow.</summary>
    public int Allowed(ResourceLimits node, int wanted)
    {
        var byCores = node.Cores > 0 ? Cores / node.Cores : wanted;
        var byMemory = node.MemoryBytes > 0 ? MemoryBytes / node.MemoryBytes : wanted;
        return (int)Math.Min(wanted, Math.Min(byCores, byMemory));
    }

    /// <summary>What is left without one such node.</summary>
    public ResourceLimits Without(ResourceLimits node) => new(Cores - node.Cores, MemoryBytes - node.MemoryBytes);

    private static long Bytes(long gib) => gib > long.MaxValue >> 30 ? long.MaxValue : gib << 30;
}
