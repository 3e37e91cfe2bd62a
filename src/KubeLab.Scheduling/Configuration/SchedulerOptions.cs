namespace KubeLab.Scheduling.Configuration;

/// <summary>A scheduler's configuration: its profiles, and how pods wait.</summary>
/// <remarks>Upstream: KubeSchedulerConfiguration of kubescheduler.config.k8s.io/v1; <see cref="ConfigurationReader"/> reads one.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/scheduling/config/">Scheduler configuration</seealso>
public sealed record SchedulerOptions
{
    /// <summary>One profile, as upstream's, that looks at all nodes.</summary>
    public static SchedulerOptions Default { get; } = new();

    /// <summary>The schedulers, each with a name of its own.</summary>
    public IReadOnlyList<ProfileOptions> Profiles { get; init; } = [new()];

    /// <summary>For profiles that do not say: of how many nodes the fitting ones are enough, in percent; null for all, 0 for upstream's share.</summary>
    public int? PercentageOfNodesToScore { get; init; }

    /// <summary>The pause after a pod's first failed attempt; it doubles with each further one.</summary>
    public TimeSpan PodInitialBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan PodMaxBackoff { get; init; } = TimeSpan.FromSeconds(10);
}
