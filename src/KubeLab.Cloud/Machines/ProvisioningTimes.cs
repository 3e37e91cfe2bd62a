using KubeLab.Cloud.Data;

namespace KubeLab.Cloud.Machines;

/// <summary>How long machines take; assumptions of the simulation, meant to be changed.</summary>
/// <param name="Provisioning">From the request until the guest system runs.</param>
/// <param name="Boot">The last part of provisioning, and all of a restart.</param>
/// <param name="JitterFraction">Each delay is stretched by a factor drawn evenly from 1 to 1 + this.</param>
public sealed record ProvisioningTimes(TimeSpan Provisioning, TimeSpan Boot, double JitterFraction)
{
    private const string Path = "machines/timing.json";

    /// <summary>The times of <c>data/machines/timing.json</c>: 90 s, 40 s, 20 %.</summary>
    /// <exception cref="DataFileException">The file is malformed; the message names the field.</exception>
    public static ProvisioningTimes Load()
    {
        var file = DataFile.Parse(Path, CloudJson.Default.TimingFile);
        var (provisioning, boot, jitter) = (file.ProvisioningSeconds.Value, file.BootSeconds.Value, file.JitterFraction.Value);
        if (boot < 0 || boot > provisioning)
        {
            throw new DataFileException(Path, "$.boot_seconds.value", "must lie between 0 and provisioning_seconds");
        }

        return jitter >= 0
            ? new(TimeSpan.FromSeconds(provisioning), TimeSpan.FromSeconds(boot), jitter)
            : throw new DataFileException(Path, "$.jitter_fraction.value", "must not be negative");
    }
}
