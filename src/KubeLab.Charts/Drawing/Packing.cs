using System.Globalization;

namespace KubeLab.Charts.Drawing;

/// <summary>One resource of a node at an instant, cut into parts that add up to what is allocatable, or more when overused.</summary>
internal readonly record struct Packing(double Used, double Requested, double Allocatable)
{
    public double UsedWithinRequest => Math.Min(Used, Requested);

    /// <summary>Legal until the limit, and gone as soon as a neighbour needs it.</summary>
    public double UsedAboveRequest => Math.Max(0, Used - Requested);

    public double Slack => Math.Max(0, Requested - Used);

    public double Free => Math.Max(0, Allocatable - Math.Max(Used, Requested));

    /// <summary>The mean of nodes.</summary>
    public static Packing Mean(IReadOnlyList<ResourcesOfNode> nodes, Func<ResourcesOfNode, ResourceSeries> resource, DateTimeOffset at)
    {
        double used = 0, requested = 0, allocatable = 0;
        foreach (var node in nodes)
        {
            var series = resource(node);
            used += series.Used.ValueAt(at);
            requested += series.Requested.ValueAt(at);
            allocatable += series.Allocatable.ValueAt(at);
        }

        return new Packing(used / nodes.Count, requested / nodes.Count, allocatable / nodes.Count);
    }

    /// <summary>How full a node is: the greater of its two requested shares, since that one keeps pods away.</summary>
    public static double RequestedShare(ResourcesOfNode node, DateTimeOffset at) => Math.Max(Share(node.Cpu, at), Share(node.Memory, at));

    /// <summary>A share in words.</summary>
    public static string Percent(double part, double whole) =>
        whole <= 0 ? "0 %" : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * part / whole)} %");

    private static double Share(ResourceSeries series, DateTimeOffset at) =>
        series.Allocatable.ValueAt(at) is > 0 and var allocatable ? series.Requested.ValueAt(at) / allocatable : 0;
}
