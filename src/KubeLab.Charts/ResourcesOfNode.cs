namespace KubeLab.Charts;

/// <summary>The resources of one node over time.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Cpu">In <c>cores</c>.</param>
/// <param name="Memory">In <c>bytes</c>.</param>
public sealed record ResourcesOfNode(string Node, ResourceSeries Cpu, ResourceSeries Memory);
