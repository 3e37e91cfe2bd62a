using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Storage;

/// <summary>The shape of <c>data/storage/{provider}.json</c>.</summary>
internal sealed record StorageFile
{
    public required string Provider { get; init; }

    public required string Source { get; init; }

    public required Verification Verified { get; init; }

    public required string Driver { get; init; }

    public required StorageClassEntry[] Classes { get; init; }

    public required string ZoneLabel { get; init; }

    public required TimingEntry DisksPerMachine { get; init; }

    public required TimingEntry CreateSeconds { get; init; }

    public required TimingEntry DeleteSeconds { get; init; }

    public required TimingEntry JitterFraction { get; init; }
}

internal sealed record StorageClassEntry
{
    public required string Name { get; init; }

    public required string Disk { get; init; }

    public required string Binding { get; init; }

    public bool Default { get; init; }
}
