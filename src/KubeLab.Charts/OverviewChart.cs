using KubeLab.Charts.Drawing;
using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>The whole grammar in one picture: pods by phase, CPU and memory, and the money, on one time axis.</summary>
/// <remarks>Panels, for predictions: <c>pods</c>, <c>cpu</c>, <c>memory</c>, <c>cost</c>, <c>rate</c>.</remarks>
public static class OverviewChart
{
    /// <summary>Draws five panels.</summary>
    /// <param name="phases">One series per phase, named after it, in <c>pods</c>.</param>
    /// <param name="cpu">Sums over the nodes, in <c>cores</c>.</param>
    /// <param name="memory">Sums over the nodes, in <c>bytes</c>.</param>
    /// <param name="money">What they cost.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">There is no phase, or a prediction names a panel that the chart does not have.</exception>
    public static Figure Of(IReadOnlyList<TimeSeries> phases, ResourceSeries cpu, ResourceSeries memory, MoneySeries money, Frame frame)
    {
        var grid = Downsampling.Instants(
            [
                .. phases, cpu.Requested, cpu.Used, cpu.Allocatable, memory.Requested, memory.Used, memory.Allocatable,
                money.Total, money.PerHour, .. money.Parts,
            ],
            frame.Start,
            frame.End);
        Panel[] panels =
        [
            PhasePanel.Of(phases, grid, frame, heightPixels: 150),
            ResourcePanel.Of("cpu", "CPU", cpu, grid, frame, isFirst: true, heightPixels: 130),
            ResourcePanel.Of("memory", "memory", memory, grid, frame, isFirst: false, heightPixels: 130),
            MoneyPanels.Total(money, grid, frame, heightPixels: 105),
            MoneyPanels.PerHour(money, grid, frame, heightPixels: 105),
        ];
        return PanelStack.OverTime("Pods, utilisation and cost", panels, grid, frame);
    }
}
