using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Images;

/// <summary>The shape of <c>data/images/images.json</c>.</summary>
internal sealed record ImageFile
{
    public required PullEntry Pull { get; init; }

    public required ImageEntry[] Images { get; init; }
}

internal sealed record PullEntry
{
    public required TimingEntry BytesPerSecond { get; init; }

    public required TimingEntry LatencySeconds { get; init; }
}

internal sealed record ImageEntry
{
    public required string Name { get; init; }

    public string? Tag { get; init; }

    public string? Tags { get; init; }

    public required long Bytes { get; init; }

    public long? UnpackedBytes { get; init; }

    public required string Source { get; init; }

    public required Verification Verified { get; init; }
}
