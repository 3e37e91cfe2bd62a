using KubeLab.Simulation;

namespace KubeLab.Charts;

/// <summary>What the containers of one name used and requested of a resource, and what was recommended for each of them, over time, in one unit (<c>cores</c>, <c>bytes</c>).</summary>
/// <param name="Used">What each used on average.</param>
/// <param name="UsedMax">What the one used that used most.</param>
/// <param name="Requested">What each requested on average.</param>
/// <param name="Lower">Less is too little.</param>
/// <param name="Target">What is recommended.</param>
/// <param name="Upper">More is wasted; it begins beyond all bounds and comes down as history grows.</param>
/// <seealso href="https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler">Vertical Pod Autoscaler</seealso>
public sealed record RecommendationSeries(TimeSeries Used, TimeSeries UsedMax, TimeSeries Requested, TimeSeries Lower, TimeSeries Target, TimeSeries Upper);
