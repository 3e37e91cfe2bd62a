namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>How the horizontal autoscaler behaves; upstream's flags and their defaults.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/">kube-controller-manager, --horizontal-pod-autoscaler-…</seealso>
public sealed record AutoscalingOptions
{
    /// <summary>How often each autoscaler is looked at.</summary>
    public TimeSpan SyncPeriod { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long after its start a pod's CPU may be the cost of starting.</summary>
    public TimeSpan CpuInitializationPeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A pod that became unready within this after its start counts as never having been ready.</summary>
    public TimeSpan InitialReadinessDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long a higher proposal of the past holds the number up, where an autoscaler does not say so itself.</summary>
    public TimeSpan DownscaleStabilization { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>By which part a measure may be off its target, where an autoscaler does not say so itself.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>The default.</summary>
    public static AutoscalingOptions Default { get; } = new();
}
