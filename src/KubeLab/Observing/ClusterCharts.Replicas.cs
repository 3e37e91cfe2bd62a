using KubeLab.Charts;

namespace KubeLab.Observing;

/// <content>What is wanted against what there is.</content>
public sealed partial class ClusterCharts
{
    /// <summary>How many copies of a workload are wanted, exist and are ready, over time.</summary>
    /// <remarks>Panel, for predictions: <c>replicas</c>. A pod counts for its owner while it is owned: neither before it is adopted nor after it is let go.</remarks>
    /// <param name="workload">A deployment, replica set or another owner of pods, by name.</param>
    /// <param name="since">The left end; the start of the lab when null.</param>
    /// <exception cref="ArgumentException">There is nothing recorded of it; the message lists what there is.</exception>
    public Figure Replicas(string workload, DateTimeOffset? since = null) =>
        ReplicasChart.Of(Find(workload).AsSeries(), Frame(since - recorder.Started, "replicas"));
}
