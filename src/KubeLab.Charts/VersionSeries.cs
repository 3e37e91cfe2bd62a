using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>The ready copies of one version of a program, in <c>pods</c>.</summary>
/// <param name="Name">How it is called, for example <c>version 1.0</c>.</param>
/// <param name="Existing">Pods that are neither over nor going.</param>
/// <param name="Ready">Pods that are ready.</param>
public sealed record VersionSeries(string Name, TimeSeries Existing, TimeSeries Ready);
