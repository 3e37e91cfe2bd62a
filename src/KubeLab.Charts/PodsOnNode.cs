using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>The pods of one node over time.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Pods">How many pods it runs.</param>
/// <param name="Capacity">How many it may run.</param>
public sealed record PodsOnNode(string Node, TimeSeries Pods, TimeSeries Capacity);
