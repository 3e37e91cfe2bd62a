using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.ScaleUp;

namespace KubeLab.Autoscaling.Nodes.Expanders;

/// <summary>Prefers the group of whose new nodes the smallest share of CPU and memory stays unrequested.</summary>
public sealed class LeastWasteExpander : IExpander
{
    /// <inheritdoc/>
    public IReadOnlyList<ExpansionOption> Best(IReadOnlyList<ExpansionOption> options)
    {
        var wastes = options.Select(Waste).ToList();
        var least = wastes.Min();
        return [.. options.Where((_, i) => wastes[i] == least)];
    }

    /// <summary>The unrequested shares of CPU and of memory, added: between 0 and 2, where requests fit.</summary>
    /// <remarks>As upstream, capacity counts and not allocatable, and init containers do not count.</remarks>
    public static double Waste(ExpansionOption option)
    {
        var (cpu, memory) = Requested(option.Pods);
        var capacity = option.Template.Node.Status.Capacity;
        return Share((capacity["cpu"]?.MilliValue ?? 0) * option.NodeCount, cpu) + Share((capacity["memory"]?.Value ?? 0) * option.NodeCount, memory);
    }

    private static double Share(long available, long requested) => (available - requested) / (double)available;

    private static (long MilliCpu, long Bytes) Requested(IReadOnlyList<Pod> pods)
    {
        var (cpu, memory) = (0L, 0L);
        foreach (var pod in pods)
        {
            foreach (var container in pod.Spec.Containers)
            {
                cpu += container.Resources.Requests["cpu"]?.MilliValue ?? 0;
                memory += container.Resources.Requests["memory"]?.Value ?? 0;
            }
        }

        return (cpu, memory);
    }
}
