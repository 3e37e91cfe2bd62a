namespace KubeLab.Charts;

/// <summary>One node in a map of nodes.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Allocatable">What pods may request of it, in the unit of the map.</param>
/// <param name="Pods">The pods on it.</param>
public sealed record NodeTile(string Node, double Allocatable, IReadOnlyList<PodTile> Pods);
