using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Pods by phase as areas on top of each other.</summary>
internal static class PhasePanel
{
    // Serving pods are the ground that the rest stands on; what is wrong ends up on top, where it is seen.
    private static readonly string[] FromGroundUp =
    [
        "Running", "Succeeded", "Completed", "NotReady", "ContainerCreating", "Pending",
        "Terminating", "Unknown", "CrashLoopBackOff", "Error", "Failed",
    ];

    public static Panel Of(IReadOnlyList<TimeSeries> phases, IReadOnlyList<DateTimeOffset> grid, Frame frame, double heightPixels)
    {
        if (phases.Count == 0)
        {
            throw new ArgumentException("pods by phase need one series per phase; there is none", nameof(phases));
        }

        TimeSeries[] ordered = [.. phases.OrderBy(Rank).ThenBy(phase => phase.Name, StringComparer.Ordinal)];
        TimeSeries[] seen = [.. ordered.Where(phase => SeriesWords.Max(phase, frame) > 0)];
        var unit = new Unit("pods", 1);
        var panel = new Panel("pods", "pods (number)", unit, heightPixels);
        StackedArea.Draw(panel, seen.Length == 0 ? ordered[..1] : seen, grid, frame);
        var words = seen.Select(phase => SeriesWords.Of(phase.Name, phase, unit, frame));
        panel.Sentence = $"Pods: {string.Join("; ", words.DefaultIfEmpty("there are none"))}.";
        return panel;
    }

    private static int Rank(TimeSeries phase) => Array.IndexOf(FromGroundUp, phase.Name) is var rank and >= 0 ? rank : FromGroundUp.Length;
}
