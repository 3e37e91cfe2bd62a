using KubeLab.Charts.Drawing;
using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>Autoscaling at a glance: load, latency, copies, nodes and money on one time axis, so that causes stand above what they cause.</summary>
/// <remarks>Panels, for predictions: <c>requests</c>, <c>latency</c>, <c>replicas</c>, <c>nodes</c>, <c>cost</c>, <c>rate</c>.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/">Horizontal Pod Autoscaling</seealso>
public static class AutoscalingChart
{
    /// <summary>Draws the panels.</summary>
    /// <param name="service">Who was asked, for the title.</param>
    /// <param name="traffic">What clients sent, and what came of it.</param>
    /// <param name="workloads">The workloads whose copies are shown: at least one and at most three.</param>
    /// <param name="nodes">The workers.</param>
    /// <param name="money">What they cost.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">There are too many workloads or none, or a prediction names a panel that the chart does not have.</exception>
    public static Figure Of(string service, TrafficSeries traffic, IReadOnlyList<ReplicaSeries> workloads, NodeSeries nodes, MoneySeries money, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(money);
        if (workloads.Count is 0 or > ReplicasPanel.WorkloadsMax)
        {
            throw new ArgumentException($"copies of one to {ReplicasPanel.WorkloadsMax} workloads can be shown, not of {workloads.Count}", nameof(workloads));
        }

        TimeSeries[] counted = [.. workloads.SelectMany(w => new[] { w.Wanted, w.Existing, w.Ready, w.Held })];
        var grid = Downsampling.Instants(
            [
                traffic.Offered, traffic.Served, traffic.Refused, traffic.TimedOut, traffic.NoEndpoint, traffic.P50, traffic.P95, traffic.P99,
                .. counted, nodes.Ready, nodes.NotReady, nodes.Booting, money.Total, money.PerHour, .. money.Parts,
            ],
            frame.Start,
            frame.End);
        Panel[] panels =
        [
            RequestsPanel.Of(traffic, grid, frame, heightPixels: 150),
            LatencyPanel.Of(traffic, grid, frame, heightPixels: 120, logWhenWide: true),
            ReplicasPanel.Of(workloads, grid, frame, heightPixels: 140),
            NodesPanel.Of(nodes, grid, frame, heightPixels: 100),
            MoneyPanels.PerHour(money, grid, frame, heightPixels: 105),
            MoneyPanels.Total(money, grid, frame, heightPixels: 105),
        ];
        return PanelStack.OverTime($"Autoscaling of {string.Join(", ", workloads.Select(w => w.Workload))} under the load on {service}", panels, grid, frame);
    }
}
