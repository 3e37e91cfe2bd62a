using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>How many workers there are, by how far they are, in <c>nodes</c>.</summary>
/// <param name="Ready">Pods can run on them.</param>
/// <param name="NotReady">Their nodes are in the API and not ready.</param>
/// <param name="Booting">Their machines were asked for and are no nodes yet.</param>
public sealed record NodeSeries(TimeSeries Ready, TimeSeries NotReady, TimeSeries Booting);
