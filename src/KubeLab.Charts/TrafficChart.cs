using KubeLab.Charts.Drawing;

namespace KubeLab.Charts;

/// <summary>Requests to a service and the time that answers take, on one time axis.</summary>
/// <remarks>Panels, for predictions: <c>requests</c>, <c>latency</c>.</remarks>
public static class TrafficChart
{
    /// <summary>Draws what was sent, served and lost, and below it the percentiles of the latency.</summary>
    /// <param name="service">Who was asked, for the title.</param>
    /// <param name="traffic">What was recorded.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">A prediction names a panel that the chart does not have.</exception>
    public static Figure Of(string service, TrafficSeries traffic, Frame frame)
    {
        var grid = Downsampling.Instants(
            [traffic.Offered, traffic.Served, traffic.Refused, traffic.TimedOut, traffic.NoEndpoint, traffic.P50, traffic.P95, traffic.P99], frame.Start, frame.End);
        Panel[] panels = [RequestsPanel.Of(traffic, grid, frame, heightPixels: 220), LatencyPanel.Of(traffic, grid, frame, heightPixels: 170)];
        return PanelStack.OverTime($"Traffic to {service}", panels, grid, frame);
    }
}
