namespace KubeLab.Charts.Drawing;

/// <summary>The pods of a node at an instant.</summary>
internal readonly record struct PodCount(string Node, double Pods, double Capacity)
{
    /// <summary>How full it is: 0 is empty, 1 is full.</summary>
    public double Share => Capacity > 0 ? Pods / Capacity : Pods > 0 ? 1 : 0;

    /// <summary>For example <c>3 of 110 pods</c>.</summary>
    public string Words => $"{Unit.Plain(Pods)} of {Unit.Plain(Capacity)} pods";

    /// <summary>What a picture of these nodes shows.</summary>
    public static string Sentence(IReadOnlyList<PodCount> counts)
    {
        var fullest = counts.MaxBy(count => count.Pods);
        var emptiest = counts.MinBy(count => count.Pods);
        var (pods, capacity) = (counts.Sum(count => count.Pods), counts.Sum(count => count.Capacity));
        return $"{Unit.Plain(pods)} pods on {counts.Count} node{(counts.Count == 1 ? "" : "s")} with room for {Unit.Plain(capacity)}; "
            + $"most on {fullest.Node} ({Unit.Plain(fullest.Pods)}), fewest on {emptiest.Node} ({Unit.Plain(emptiest.Pods)}).";
    }
}
