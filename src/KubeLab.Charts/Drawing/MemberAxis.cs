using System.Globalization;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts.Drawing;

/// <summary>Horizontal axes that count the members of a group.</summary>
internal static class MemberAxis
{
    /// <summary>A tick for each number of members.</summary>
    public static Axis Of(IReadOnlyList<int> members) => new()
    {
        Title = new AxisTitle("number of masters", 8),
        Range = [members.Min() - 0.5, members.Max() + 0.5],
        TickVals = [.. members.Select(n => (double)n)],
        TickText = [.. members.Select(n => n.ToString(CultureInfo.InvariantCulture))],
        ShowGrid = false,
    };
}
