using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>What clients sent, what came of it, in <c>requests/s</c>, and how long answers took, in <c>ms</c>.</summary>
/// <param name="Offered">Sent.</param>
/// <param name="Served">Answered in time.</param>
/// <param name="Refused">Turned away.</param>
/// <param name="TimedOut">Not answered in time.</param>
/// <param name="NoEndpoint">Sent where there was nobody to send to.</param>
/// <param name="P50">The median; no number while nothing is answered.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
public sealed record TrafficSeries(
    TimeSeries Offered, TimeSeries Served, TimeSeries Refused, TimeSeries TimedOut, TimeSeries NoEndpoint, TimeSeries P50, TimeSeries P95, TimeSeries P99);
