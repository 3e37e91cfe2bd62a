using KubeLab.Cloud.Machines;
using KubeLab.Simulated.Metrics;

namespace KubeLab.Simulated;

/// <summary>What can be chosen about a simulated cluster before it begins.</summary>
public sealed record SimulationOptions
{
    /// <summary>Decides names, delays and all other chance.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whose machines and prices.</summary>
    public string Provider { get; init; } = "gcp";

    /// <summary>Where the machines stand, which decides their price.</summary>
    public string Region { get; init; } = "europe-west4";

    /// <summary>When the simulated time begins.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>How often the metrics server asks what is used, and how late it tells.</summary>
    public MetricsOptions Metrics { get; init; } = MetricsOptions.Default;

    /// <summary>How long machines take to be made and to boot; what <c>data/machines/timing.json</c> says when null.</summary>
    public ProvisioningTimes? MachineTimes { get; init; }

    /// <summary>Whether charts are recorded; off saves memory in very large runs.</summary>
    public bool Record { get; init; } = true;
}
