using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.ScaleUp;

namespace KubeLab.Autoscaling.Nodes.Expanders;

/// <summary>Prefers the group whose new nodes cost least for what their pods ask for, weighed with how well the machine's size suits the size of the cluster.</summary>
/// <seealso href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/proposals/pricing.md">Cost-based node group ranking function</seealso>
public sealed class PriceExpander(ICloudNodeGroups cloud, Func<int> nodesInCluster) : IExpander
{
    /// <summary>GPUs are only taken where nothing else fits: their unfitness is so large whatever the size.</summary>
    public const double GpuUnfitness = 1000;

    private const string Gpu = "nvidia.com/gpu";

    // A pod of half a core and 500 MiB added to both sides keeps the ratio of small orders from jumping.
    private static readonly Pod Stabilizing = new()
    {
        Metadata = new() { Name = "stabilize", Namespace = "default" },
        Spec = new() { Containers = [new Container { Name = "stabilize", Resources = new() { Requests = ResourceList.Of(("cpu", Quantity.FromMilli(500)), ("memory", Quantity.FromBytes(500L << 20))) } }] },
    };

    /// <inheritdoc/>
    public IReadOnlyList<ExpansionOption> Best(IReadOnlyList<ExpansionOption> options)
    {
        var scores = options.Select(Score).ToList();
        var best = scores.Min();
        return [.. options.Where((_, i) => scores[i] == best)];
    }

    /// <summary>Price of the nodes by price of the pods, times unfitness; less is better.</summary>
    public double Score(ExpansionOption option)
    {
        var nodes = cloud.NodePricePerHour(option.Group, option.Template.Node) * option.NodeCount;
        var stabilizing = cloud.PodPricePerHour(Stabilizing);
        var pods = option.Pods.Sum(cloud.PodPricePerHour);
        var ratio = (nodes + stabilizing) / (pods + stabilizing);
        return ratio * Suppressed(option);
    }

    /// <summary>How many times larger or smaller a machine's CPU is than the preferred one's; at least 1.</summary>
    public static double Unfitness(long preferredMilliCpu, long milliCpu) =>
        Math.Max(preferredMilliCpu / (double)milliCpu, milliCpu / (double)preferredMilliCpu);

    /// <summary>The CPU of a machine that suits a cluster of so many nodes, in thousandths: it doubles each time the cluster becomes three times as large.</summary>
    public static long PreferredMilliCpu(int nodes) => nodes switch
    {
        <= 2 => 1000,
        <= 6 => 2000,
        <= 20 => 4000,
        <= 60 => 8000,
        <= 200 => 16_000,
        _ => 32_000,
    };

    /// <summary>Unfitness matters less the more nodes are added.</summary>
    private double Suppressed(ExpansionOption option)
    {
        var capacity = option.Template.Node.Status.Capacity;
        if (capacity[Gpu] is { IsZero: false } || option.Template.Node.Metadata.Labels.ContainsKey("cloud.google.com/gke-accelerator"))
        {
            return GpuUnfitness;
        }

        var unfitness = Unfitness(PreferredMilliCpu(nodesInCluster()), capacity["cpu"]?.MilliValue ?? 1);
        return ((unfitness - 1) * (1 - Math.Tanh((option.NodeCount - 1) / 15.0))) + 1;
    }
}
