namespace KubeLab.Charts.Drawing;

/// <summary>The pods of a node at an instant.</summary>
internal readonly record struct PodCount(string Node, double Pods, double Capacity)
{
    /// <summary>How full it is: 0 is empty, 1 is full.</summary>
    public double Share => Capacity > 0 ? Pods / Capacity : Pods > 0 ? 1 : 0;

    /// <summary>What a picture of these nodes shows.</summary>
    public static string Words(IReadOnlyList<PodCount> counts)
    {
        var fullest = counts.MaxBy(count => count.Pods);
        var emptiest = counts.MinBy(count => count.Pods);
        return $"{Unit.Plain(counts.Sum(count => count.Pods))} pods on {counts.Count} node{(counts.Count == 1 ? "" : "s")} with room for "
            + $"{Unit.Plain(counts.Sum(count => count.Capacity))}; most on {fullest.Node} ({Unit.Plain(fullest.Pods)}), fewest on {emptiest.Node} ({Unit.Plain(emptiest.Pods)}).";
    }
}
