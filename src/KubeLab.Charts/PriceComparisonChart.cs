using KubeLab.Charts.Drawing;

namespace KubeLab.Charts;

/// <summary>The same use priced in several places: a bar for each provider and region, in its parts.</summary>
public static class PriceComparisonChart
{
    /// <summary>The parts of a bar, lowest first.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["machines", "disks and buckets", "cluster fee", "load balancers and addresses", "traffic"];

    /// <summary>Draws the bars.</summary>
    /// <param name="columns">The bars, each with the parts of <see cref="Parts"/>; where something has no price, the sum is marked with &gt;.</param>
    /// <param name="currency">The currency of all of them.</param>
    /// <param name="note">What is not drawn, and why; null when all is.</param>
    /// <exception cref="ArgumentException">There is no bar.</exception>
    public static Figure Of(IReadOnlyList<MoneyColumn> columns, string currency, string? note)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var panel = MoneyColumns.Of(columns, Parts, currency);
        MoneyColumn[] whole = [.. columns.Where(c => c.IsWhole)];
        var known = whole.Length == 0
            ? "nowhere does everything have a price"
            : $"least at {whole.MinBy(c => c.Sum)!.Name}, {Unit.Plain(whole.Min(c => c.Sum))} {currency}; most at {whole.MaxBy(c => c.Sum)!.Name}, {Unit.Plain(whole.Max(c => c.Sum))} {currency}";
        var part = whole.Length == columns.Count ? "" : $"; > is a least sum, something has no price: {string.Join(", ", columns.Where(c => !c.IsWhole).Select(c => c.Name))}";
        panel.Sentence = $"{known}{part}.";
        return PanelStack.AtInstant(
            "The same use elsewhere", $"{columns.Count} place{(columns.Count == 1 ? "" : "s")}. ", [panel], NodeAxis.Named([.. columns.Select(c => c.Name)], "provider and region"),
            hoverMode: "closest", note: note);
    }
}
