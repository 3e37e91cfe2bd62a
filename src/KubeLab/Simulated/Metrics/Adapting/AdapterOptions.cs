namespace KubeLab.Simulated.Metrics.Adapting;

/// <summary>How the metrics adapter is set up: how often its Prometheus asks, and over which time rates are taken.</summary>
/// <seealso href="https://github.com/kubernetes-sigs/prometheus-adapter">prometheus-adapter</seealso>
public sealed record AdapterOptions
{
    /// <summary>The usual: asked every 15 s, rates over a minute, told at once.</summary>
    public static AdapterOptions Default { get; } = new();

    /// <summary>How often pods and services are asked (Prometheus' <c>scrape_interval</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan ScrapeInterval { get; init => field = Positive(value, nameof(ScrapeInterval)); } = TimeSpan.FromSeconds(15);

    /// <summary>Over which time a rate is taken, as in <c>rate(http_requests_total[1m])</c>; with less than two answers in it there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan RateWindow { get; init => field = Positive(value, nameof(RateWindow)); } = TimeSpan.FromMinutes(1);

    /// <summary>How long it takes until an answer can be read: what is told is what was so that long ago.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan Lag
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Lag), value, "must not be negative");
    }

    private static TimeSpan Positive(TimeSpan value, string name) =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, "must be positive");
}
