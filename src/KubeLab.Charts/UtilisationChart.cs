using KubeLab.Charts.Drawing;

namespace KubeLab.Charts;

/// <summary>What the cluster's pods request and use of what its nodes offer, beside the money, on one time axis.</summary>
/// <remarks>Panels, for predictions: <c>cpu</c>, <c>memory</c>, <c>cost</c>, <c>rate</c>.</remarks>
public static class UtilisationChart
{
    /// <summary>Draws CPU and memory, the bill, and the burn rate.</summary>
    /// <param name="cpu">Sums over the nodes, in <c>cores</c>.</param>
    /// <param name="memory">Sums over the nodes, in <c>bytes</c>.</param>
    /// <param name="money">What they cost.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">A prediction names a panel that the chart does not have.</exception>
    public static Figure Of(ResourceSeries cpu, ResourceSeries memory, MoneySeries money, Frame frame)
    {
        var grid = Downsampling.Instants(
            [
                cpu.Requested, cpu.Used, cpu.Allocatable, memory.Requested, memory.Used, memory.Allocatable,
                money.Total, money.PerHour, .. money.Parts,
            ],
            frame.Start,
            frame.End);
        Panel[] panels =
        [
            ResourcePanel.Of("cpu", "CPU", cpu, grid, frame, isFirst: true),
            ResourcePanel.Of("memory", "memory", memory, grid, frame, isFirst: false),
            MoneyPanels.Total(money, grid, frame, heightPixels: 105),
            MoneyPanels.PerHour(money, grid, frame, heightPixels: 105),
        ];
        return PanelStack.OverTime("Utilisation and cost", panels, grid, frame);
    }
}
