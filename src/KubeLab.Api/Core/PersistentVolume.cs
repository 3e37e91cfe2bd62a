using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>A piece of storage.</summary>
public sealed record PersistentVolume : ApiRecord, IApiObject<PersistentVolume>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "persistentvolumes", "PersistentVolume", false, "pv", "", "status");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "PersistentVolume";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What it is.</summary>
    public PersistentVolumeSpec Spec
    {
        get => field ?? PersistentVolumeSpec.Empty;
        init => field = value == PersistentVolumeSpec.Empty ? null : value;
    }

    /// <summary>What became of it.</summary>
    public PersistentVolumeStatus Status
    {
        get => field ?? PersistentVolumeStatus.Empty;
        init => field = value == PersistentVolumeStatus.Empty ? null : value;
    }

    /// <inheritdoc/>
    public PersistentVolume WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What a volume is; where it comes from is kept as it was said.</summary>
public sealed record PersistentVolumeSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PersistentVolumeSpec Empty { get; } = new();

    /// <summary>How much.</summary>
    public ResourceList Capacity { get; init; }

    /// <summary>How it may be mounted.</summary>
    public ValueList<string> AccessModes { get; init; }

    /// <summary>The claim that has it.</summary>
    public ObjectReference? ClaimRef { get; init; }

    /// <summary>What becomes of it after its claim: <c>Retain</c>, <c>Delete</c> or <c>Recycle</c>.</summary>
    public string? PersistentVolumeReclaimPolicy { get; init; }

    /// <summary>Which sort of storage.</summary>
    public string? StorageClassName { get; init; }

    /// <summary>How it is mounted.</summary>
    public ValueList<string> MountOptions { get; init; }

    /// <summary><c>Filesystem</c> or <c>Block</c>.</summary>
    public string? VolumeMode { get; init; }

    /// <summary>From which nodes it can be reached.</summary>
    public OpaqueObject? NodeAffinity { get; init; }

    /// <summary>How fast it is.</summary>
    public string? VolumeAttributesClassName { get; init; }
}

/// <summary>What became of a volume.</summary>
public sealed record PersistentVolumeStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PersistentVolumeStatus Empty { get; } = new();

    /// <summary><c>Pending</c>, <c>Available</c>, <c>Bound</c>, <c>Released</c> or <c>Failed</c>.</summary>
    public string? Phase { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Message { get; init; }

    /// <summary>Why, in one word.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when.</summary>
    public Timestamp? LastPhaseTransitionTime { get; init; }
}
