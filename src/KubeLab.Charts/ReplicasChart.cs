using KubeLab.Charts.Drawing;

namespace KubeLab.Charts;

/// <summary>What is wanted of a workload against what there is: copies wanted, existing and ready over time.</summary>
/// <remarks>Its panel, for predictions: <c>replicas</c>.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/architecture/controller/#desired-vs-current">Desired versus current state</seealso>
public static class ReplicasChart
{
    /// <summary>Draws the copies.</summary>
    /// <param name="workload">The workload, in <c>pods</c>.</param>
    /// <param name="frame">The span, markers and predictions.</param>
    /// <exception cref="ArgumentException">A prediction names a panel that the chart does not have.</exception>
    public static Figure Of(ReplicaSeries workload, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var grid = Downsampling.Instants([workload.Wanted, workload.Existing, workload.Ready, workload.Held], frame.Start, frame.End);
        return PanelStack.OverTime($"Copies of {workload.Workload}", [ReplicasPanel.Of([workload], grid, frame, heightPixels: 260)], grid, frame);
    }
}
