namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>What one measure asks for.</summary>
/// <param name="Replicas">How many copies.</param>
/// <param name="Value">What was measured, in thousandths: per pod, or as a whole where the target is a whole.</param>
/// <param name="Utilization">The same in percent of what the pods request, where the target is one.</param>
public readonly record struct Proposal(int Replicas, long Value, int? Utilization = null);
