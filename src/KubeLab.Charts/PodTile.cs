namespace KubeLab.Charts;

/// <summary>One pod in a map of nodes.</summary>
/// <param name="Pod">Its name.</param>
/// <param name="Workload">What it belongs to; pods of one look alike.</param>
/// <param name="Requested">What it requests, in the unit of the map.</param>
/// <param name="Used">What it uses; null when nobody measures.</param>
public sealed record PodTile(string Pod, string Workload, double Requested, double? Used);
