using KubeLab.Charts.Drawing;
using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>How many pods are in each phase, or wait for a reason such as <c>ContainerCreating</c>, over time.</summary>
/// <remarks>Its panel, for predictions: <c>pods</c>.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase"/>
public static class PodsByPhaseChart
{
    // Serving pods are the ground that the rest stands on; what is wrong ends up on top, where it is seen.
    private static readonly string[] FromGroundUp =
        ["Running", "Succeeded", "Completed", "NotReady", "ContainerCreating", "Pending", "Terminating", "Unknown", "CrashLoopBackOff", "Error", "Failed"];

    /// <summary>Draws the phases as areas on top of each other.</summary>
    /// <param name="phases">One series per phase, named after it, in <c>pods</c>.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">There is no series, or a prediction names a panel that the chart does not have.</exception>
    public static Figure Of(IReadOnlyList<TimeSeries> phases, Frame frame)
    {
        if (phases.Count == 0)
        {
            throw new ArgumentException("pods by phase need one series per phase; there is none", nameof(phases));
        }

        TimeSeries[] ordered = [.. phases.OrderBy(Rank).ThenBy(phase => phase.Name, StringComparer.Ordinal)];
        var grid = Downsampling.Instants(ordered, frame.Start, frame.End);
        var unit = Unit.For("pods", 0);
        var panel = new Panel("pods", "pods", unit, 300);
        StackedArea.Draw(panel, [.. ordered.Where(phase => SeriesWords.Max(phase, frame) > 0).DefaultIfEmpty(ordered[0])], grid, frame);
        var parts = ordered.Where(phase => SeriesWords.Max(phase, frame) > 0).Select(phase => SeriesWords.Of(phase.Name, phase, unit, frame));
        panel.Sentence = string.Join("; ", parts.DefaultIfEmpty("there are no pods")) + ".";
        return PanelStack.OverTime("Pods by phase", [panel], grid, frame);
    }

    private static int Rank(TimeSeries phase) => Array.IndexOf(FromGroundUp, phase.Name) is var rank and >= 0 ? rank : FromGroundUp.Length;
}
