using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>One resource of a node, a pool or the cluster over time, in one unit (<c>cores</c>, <c>bytes</c>).</summary>
/// <param name="Requested">The sum of the requests of its pods.</param>
/// <param name="Used">What they use.</param>
/// <param name="Allocatable">What pods may request: capacity less what is reserved for the system.</param>
/// <seealso href="https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/#node-allocatable"/>
public sealed record ResourceSeries(TimeSeries Requested, TimeSeries Used, TimeSeries Allocatable);
