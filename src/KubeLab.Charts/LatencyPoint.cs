namespace KubeLab.Charts;

/// <summary>How long writes to a group of so many members take, in milliseconds.</summary>
/// <param name="Members">How many members.</param>
/// <param name="Median">Half of the writes take no longer.</param>
/// <param name="P95">95 of 100 take no longer.</param>
/// <param name="P99">99 of 100 take no longer.</param>
public readonly record struct LatencyPoint(int Members, double Median, double P95, double P99);

/// <summary>Write latencies under one condition, for example <c>one slow disk</c>.</summary>
/// <param name="Condition">The condition in a few words.</param>
/// <param name="Points">The latencies, by number of members.</param>
public sealed record LatencyCurve(string Condition, IReadOnlyList<LatencyPoint> Points);
