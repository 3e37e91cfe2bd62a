namespace KubeLab.Client.LeaderElection;

/// <summary>How patient candidates are with a leader, and a leader with the API server.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/config-api/kube-scheduler-config.v1/#kubescheduler-config-k8s-io-v1-LeaderElectionConfiguration">LeaderElectionConfiguration</seealso>
public sealed record LeaderElectionOptions
{
    /// <summary>A pause is stretched by up to this fraction of it, so that candidates do not all ask at once.</summary>
    public const double JitterFactor = 1.2;

    /// <summary>The defaults of kube-scheduler and kube-controller-manager: 15 s, 10 s, 2 s.</summary>
    public static LeaderElectionOptions Default { get; } = new();

    /// <summary>How long after the last renewal that they saw others wait before they take the lease.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a leader goes on trying to renew before it gives up.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time between two tries.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether a leader that ends gives the lease back; kube-scheduler does, kube-controller-manager does not.</summary>
    public bool ReleaseOnCancel { get; init; }

    /// <summary>Refuses times that contradict each other, in upstream's words.</summary>
    /// <exception cref="ArgumentException">The message says which.</exception>
    public void Check()
    {
        var problem = this switch
        {
            _ when LeaseDuration <= RenewDeadline => "leaseDuration must be greater than renewDeadline",
            _ when RenewDeadline <= RetryPeriod * JitterFactor => "renewDeadline must be greater than retryPeriod*JitterFactor",
            _ when LeaseDuration < TimeSpan.FromTicks(1) => "leaseDuration must be greater than zero",
            _ when RenewDeadline < TimeSpan.FromTicks(1) => "renewDeadline must be greater than zero",
            _ when RetryPeriod < TimeSpan.FromTicks(1) => "retryPeriod must be greater than zero",
            _ => null,
        };
        if (problem is not null)
        {
            throw new ArgumentException(problem);
        }
    }
}
