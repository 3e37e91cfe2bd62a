using KubeLab.Charts.Drawing;

namespace KubeLab.Charts;

/// <summary>What a container uses, requests and should request, in CPU and memory, on one time axis.</summary>
/// <remarks>Panels, for predictions: <c>cpu</c>, <c>memory</c>.</remarks>
public static class VerticalChart
{
    /// <summary>Draws usage and requests over the band of what is recommended.</summary>
    /// <param name="subject">Which container of which autoscaler, for the title.</param>
    /// <param name="cpu">In <c>cores</c>.</param>
    /// <param name="memory">In <c>bytes</c>.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">A prediction names a panel that the chart does not have.</exception>
    public static Figure Of(string subject, RecommendationSeries cpu, RecommendationSeries memory, Frame frame)
    {
        var grid = Downsampling.Instants(
            [cpu.Used, cpu.UsedMax, cpu.Requested, cpu.Lower, cpu.Target, cpu.Upper, memory.Used, memory.UsedMax, memory.Requested, memory.Lower, memory.Target, memory.Upper],
            frame.Start,
            frame.End);
        Panel[] panels =
        [
            RecommendationPanel.Of("cpu", "CPU", cpu, grid, frame, isFirst: true, heightPixels: 210),
            RecommendationPanel.Of("memory", "memory", memory, grid, frame, isFirst: false, heightPixels: 170),
        ];
        return PanelStack.OverTime($"Recommended for {subject}", panels, grid, frame);
    }
}
