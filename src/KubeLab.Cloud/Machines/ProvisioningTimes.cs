using KubeLab.Cloud.Data;

namespace KubeLab.Cloud.Machines;

/// <summary>How long machines take; assumptions of the simulation, meant to be changed.</summary>
/// <param name="Provisioning">From the request until the guest system runs.</param>
/// <param name="Boot">The last part of provisioning, and all of a restart.</param>
/// <param name="JitterFraction">Each delay is stretched by a factor drawn evenly from 1 to 1 + this.</param>
public sealed record ProvisioningTimes(TimeSpan Provisioning, TimeSpan Boot, double JitterFraction)
{
    /// <summary>From the request for a machine that the provider cannot make until its operation fails.</summary>
    public TimeSpan Refusal { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long a pool asks again for a machine that could not be made.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a Spot machine is taken back, on average per hour that it runs; 0 is never.</summary>
    public double SpotPreemptionsPerHour { get; init; }

    /// <summary>From the request for a load balancer until it has an address.</summary>
    public TimeSpan LoadBalancer { get; init; } = TimeSpan.FromSeconds(60);

    private const string Path = "machines/timing.json";

    /// <summary>The times of <c>data/machines/timing.json</c>: 90 s, 40 s, 20 %, 60 s for a load balancer, and how often Spot machines are taken back.</summary>
    /// <exception cref="DataFileException">The file is malformed; the message names the field.</exception>
    public static ProvisioningTimes Load()
    {
        var file = DataFile.Parse(Path, CloudJson.Default.TimingFile);
        var (provisioning, boot, jitter) = (file.ProvisioningSeconds.Value, file.BootSeconds.Value, file.JitterFraction.Value);
        if (boot < 0 || boot > provisioning)
        {
            throw new DataFileException(Path, "$.boot_seconds.value", "must lie between 0 and provisioning_seconds");
        }

        NotNegative(jitter, "jitter_fraction");
        return new(TimeSpan.FromSeconds(provisioning), TimeSpan.FromSeconds(boot), jitter)
        {
            Refusal = TimeSpan.FromSeconds(NotNegative(file.RefusalSeconds.Value, "refusal_seconds")),
            LoadBalancer = TimeSpan.FromSeconds(NotNegative(file.LoadBalancerSeconds.Value, "load_balancer_seconds")),
            RetryAfter = TimeSpan.FromSeconds(Math.Max(1, NotNegative(file.RetrySeconds.Value, "retry_seconds"))),
            SpotPreemptionsPerHour = NotNegative(file.SpotPreemptionsPerHour.Value, "spot_preemptions_per_hour"),
        };
    }

    private static double NotNegative(double value, string field) =>
        value >= 0 ? value : throw new DataFileException(Path, $"$.{field}.value", "must not be negative");
}
