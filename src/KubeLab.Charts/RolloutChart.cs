using KubeLab.Charts.Drawing;
using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>How one version of a program takes the place of another: ready copies by version, those that are not ready, and what clients saw of it.</summary>
/// <remarks>Panels, for predictions: <c>copies</c>, <c>requests</c>.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#updating-a-deployment">Updating a Deployment</seealso>
public static class RolloutChart
{
    /// <summary>Draws the copies, and below them the requests where somebody sends any.</summary>
    /// <param name="what">Whose copies, for the title.</param>
    /// <param name="versions">The versions, the oldest first.</param>
    /// <param name="traffic">What clients sent; null where nobody did.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">There is no version, or a prediction names a panel that the chart does not have.</exception>
    public static Figure Of(string what, IReadOnlyList<VersionSeries> versions, TrafficSeries? traffic, Frame frame)
    {
        if (versions.Count == 0)
        {
            throw new ArgumentException("a rollout needs at least one version; there is none", nameof(versions));
        }

        IEnumerable<TimeSeries> sent = traffic is null ? [] : [traffic.Offered, traffic.Served, traffic.Refused, traffic.TimedOut, traffic.NoEndpoint];
        var grid = Downsampling.Instants([.. versions.SelectMany(v => new[] { v.Existing, v.Ready }), .. sent], frame.Start, frame.End);
        var copies = VersionsPanel.Of(versions, grid, frame, heightPixels: 220);
        return PanelStack.OverTime($"Versions of {what}", traffic is null ? [copies] : [copies, RequestsPanel.Of(traffic, grid, frame, heightPixels: 150)], grid, frame);
    }
}
