using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>What a cluster costs over time.</summary>
/// <param name="Total">The bill so far, its unit a currency such as <c>USD</c>.</param>
/// <param name="PerHour">The rate at which it grows, in <c>USD/h</c>.</param>
/// <param name="Parts">
/// The rate in parts that add up to it, by pool or use; those named <c>idle</c> or <c>unallocated</c> are hatched. Empty draws it as one.
/// </param>
public sealed record MoneySeries(TimeSeries Total, TimeSeries PerHour, IReadOnlyList<TimeSeries> Parts)
{
    /// <summary>Money without parts.</summary>
    public MoneySeries(TimeSeries total, TimeSeries perHour)
        : this(total, perHour, [])
    {
    }
}
