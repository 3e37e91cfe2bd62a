using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>How many copies of a workload are wanted, exist and serve, in <c>pods</c>.</summary>
/// <param name="Workload">Its name.</param>
/// <param name="Wanted">What its autoscaler, or whoever scales it, asks for.</param>
/// <param name="Existing">Pods that are neither over nor going.</param>
/// <param name="Ready">Pods that are ready.</param>
/// <param name="Held">1 while a stabilization window holds the number that the autoscaler would want, else 0.</param>
/// <param name="Min">The least number that its autoscaler may want; null without one.</param>
/// <param name="Max">The greatest.</param>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#stabilization-window"/>
public sealed record ReplicaSeries(string Workload, TimeSeries Wanted, TimeSeries Existing, TimeSeries Ready, TimeSeries Held, int? Min = null, int? Max = null);
