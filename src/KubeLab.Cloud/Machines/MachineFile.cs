using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Machines;

/// <summary>The shape of <c>data/machines/{provider}.json</c>.</summary>
internal sealed record MachineFile
{
    public required string Provider { get; init; }

    public required string Source { get; init; }

    public required Verification Verified { get; init; }

    public required string ProviderIdScheme { get; init; }

    public required SortedDictionary<string, string[]> Regions { get; init; }

    public string? PoolLabel { get; init; }

    public string? DefaultDisk { get; init; }

    public required MachineTypeEntry[] Types { get; init; }
}

internal sealed record MachineTypeEntry
{
    public required string Name { get; init; }

    public required string Family { get; init; }

    public required int Vcpu { get; init; }

    public required decimal MemoryGib { get; init; }

    public int Gpus { get; init; }

    public string? GpuModel { get; init; }

    public double? Speed { get; init; }
}

/// <summary>The shape of <c>data/machines/timing.json</c>.</summary>
internal sealed record TimingFile
{
    public required TimingEntry ProvisioningSeconds { get; init; }

    public required TimingEntry BootSeconds { get; init; }

    public required TimingEntry LoadBalancerSeconds { get; init; }

    public required TimingEntry JitterFraction { get; init; }

    public required TimingEntry RefusalSeconds { get; init; }

    public required TimingEntry RetrySeconds { get; init; }

    public required TimingEntry SpotPreemptionsPerHour { get; init; }
}

internal sealed record TimingEntry
{
    public required double Value { get; init; }

    public required Verification Verified { get; init; }

    public string? Note { get; init; }

    public string? Source { get; init; }
}
