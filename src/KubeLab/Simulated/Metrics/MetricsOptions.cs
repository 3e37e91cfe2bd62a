namespace KubeLab.Simulated.Metrics;

/// <summary>How the metrics server is set up.</summary>
/// <seealso href="https://github.com/kubernetes-sigs/metrics-server#configuration">metrics-server, flags</seealso>
public sealed record MetricsOptions
{
    private static readonly TimeSpan ResolutionMin = TimeSpan.FromSeconds(10);

    /// <summary>The usual.</summary>
    public static MetricsOptions Default { get; } = new();

    /// <summary>How often it asks the kubelets (<c>--metric-resolution</c>): CPU is the mean of that time, and who reads it sees the last whole one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than ten seconds.</exception>
    public TimeSpan Resolution
    {
        get;
        init => field = value >= ResolutionMin
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Resolution), value, "metric-resolution should be a time duration at least 10s");
    } = TimeSpan.FromSeconds(15);

    /// <summary>How long after it was asked a kubelet's answer can be read; real kubelets also tell figures that are up to ten seconds old.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan Lag
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Lag), value, "must not be negative");
    }
}
