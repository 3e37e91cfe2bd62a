namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>How patient the control plane is with silent nodes; the defaults are those of Kubernetes 1.33.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/">kube-controller-manager</seealso>
public sealed record NodeLifecycleOptions
{
    /// <summary>Upstream's defaults.</summary>
    public static NodeLifecycleOptions Default { get; } = new();

    /// <summary>How often nodes are looked at.</summary>
    public TimeSpan MonitorPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a node may be silent before its conditions become Unknown (40 s up to Kubernetes 1.31).</summary>
    public TimeSpan MonitorGracePeriod { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>The same for a node that has never spoken.</summary>
    public TimeSpan StartupGracePeriod { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often nodes that wait to be tainted are looked at.</summary>
    public TimeSpan TaintPeriod { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Nodes per second that are tainted, so that their pods are evicted, in a zone that is well.</summary>
    public double EvictionRate { get; init; } = 0.1;

    /// <summary>Nodes per second in a large zone of which many nodes are silent.</summary>
    public double SecondaryEvictionRate { get; init; } = 0.01;

    /// <summary>Up to so many nodes a zone is small: with many silent nodes it evicts nothing.</summary>
    public int LargeClusterThreshold { get; init; } = 50;

    /// <summary>From this share of silent nodes on (and more than two) a zone is unwell.</summary>
    public double UnhealthyZoneThreshold { get; init; } = 0.55;
}
