using KubeLab.Charts.Drawing;

namespace KubeLab.Charts;

/// <summary>A bill divided by what it was for: a bar for each node pool, namespace or workload.</summary>
public static class CostSplitChart
{
    /// <summary>The parts of a bar, lowest first.</summary>
    public static IReadOnlyList<string> Parts { get; } =
        ["used", "slack (requested, not used)", "unallocated (requested by nobody)", "fragmentation (fits nobody)", "overhead", "idle (disks, addresses)"];

    /// <summary>Draws the bars.</summary>
    /// <param name="columns">The bars, each with the parts of <see cref="Parts"/>.</param>
    /// <param name="what">What a bar is, for example <c>node pool</c>.</param>
    /// <param name="currency">The currency of all of them.</param>
    /// <param name="note">The time it is about.</param>
    /// <exception cref="ArgumentException">There is no bar.</exception>
    public static Figure Of(IReadOnlyList<MoneyColumn> columns, string what, string currency, string note)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var panel = MoneyColumns.Of(columns, Parts, currency);
        var total = columns.Sum(c => c.Sum);
        double[] sums = [.. Parts.Select((_, part) => columns.Sum(c => c.Parts[part]))];
        var shares = Parts.Select((part, i) => (Name: part, Sum: sums[i])).Where(s => s.Sum > 0).Select(s => $"{s.Name} {Unit.Plain(s.Sum)} {currency} ({Unit.Plain(100 * s.Sum / total)} %)");
        panel.Sentence = $"{Unit.Plain(total)} {currency}: {string.Join(", ", shares)}.";
        return PanelStack.AtInstant("What the money was for", "", [panel], NodeAxis.Named([.. columns.Select(c => c.Name)], what), hoverMode: "closest", note: note);
    }
}
