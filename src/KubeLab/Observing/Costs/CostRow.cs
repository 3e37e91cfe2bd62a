using KubeLab.Cloud.Prices;

namespace KubeLab.Observing.Costs;

/// <summary>A part of a bill, and why it was spent.</summary>
/// <param name="Share">What for.</param>
/// <param name="Pool">The node pool; empty where no node is meant.</param>
/// <param name="Namespace">The namespace; empty where nobody's.</param>
/// <param name="Workload">The deployment, job, claim or service; empty where nobody's.</param>
/// <param name="Cost">How much.</param>
/// <param name="Cause">Why, in words.</param>
public sealed record CostRow(CostShare Share, string Pool, string Namespace, string Workload, Money Cost, string Cause);
