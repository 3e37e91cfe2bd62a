using KubeLab.Charts.Drawing;
using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>How many pods are in each phase, or wait for a reason such as <c>ContainerCreating</c>, over time.</summary>
/// <remarks>Its panel, for predictions: <c>pods</c>.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase"/>
public static class PodsByPhaseChart
{
    /// <summary>Draws the phases as areas on top of each other.</summary>
    /// <param name="phases">One series per phase, named after it, in <c>pods</c>.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">There is no series, or a prediction names a panel that the chart does not have.</exception>
    public static Figure Of(IReadOnlyList<TimeSeries> phases, Frame frame)
    {
        var grid = Downsampling.Instants(phases, frame.Start, frame.End);
        return PanelStack.OverTime("Pods by phase", [PhasePanel.Of(phases, grid, frame, heightPixels: 300)], grid, frame);
    }
}
