namespace KubeLab.Charts;

/// <summary>One bar of money in its parts.</summary>
/// <param name="Name">Whose it is, for example a node pool.</param>
/// <param name="Parts">What each part comes to, in the order of the chart's parts; none is negative.</param>
/// <param name="IsWhole">Whether every part is known; the sum of others is a least one.</param>
public sealed record MoneyColumn(string Name, IReadOnlyList<double> Parts, bool IsWhole = true)
{
    /// <summary>What is known of it together.</summary>
    public double Sum => Parts.Sum();
}
