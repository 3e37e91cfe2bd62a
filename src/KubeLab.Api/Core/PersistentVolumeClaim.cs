using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Core;

/// <summary>A wish for storage that outlives pods.</summary>
public sealed record PersistentVolumeClaim : ApiRecord, IApiObject<PersistentVolumeClaim>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "persistentvolumeclaims", "PersistentVolumeClaim", true, "pvc", "", "status");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "PersistentVolumeClaim";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public PersistentVolumeClaimSpec Spec
    {
        get => field ?? PersistentVolumeClaimSpec.Empty;
        init => field = value == PersistentVolumeClaimSpec.Empty ? null : value;
    }

    /// <summary>What was given.</summary>
    public PersistentVolumeClaimStatus Status
    {
        get => field ?? PersistentVolumeClaimStatus.Empty;
        init => field = value == PersistentVolumeClaimStatus.Empty ? null : value;
    }

    /// <inheritdoc/>
    public PersistentVolumeClaim WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in a claim.</summary>
public sealed record PersistentVolumeClaimSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PersistentVolumeClaimSpec Empty { get; } = new();

    /// <summary><c>ReadWriteOnce</c>, <c>ReadOnlyMany</c>, <c>ReadWriteMany</c>, <c>ReadWriteOncePod</c>.</summary>
    public ValueList<string> AccessModes { get; init; }

    /// <summary>Which volumes will do.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>How much; only <c>storage</c> counts.</summary>
    public ResourceRequirements Resources
    {
        get => field ?? ResourceRequirements.Empty;
        init => field = value == ResourceRequirements.Empty ? null : value;
    }

    /// <summary>The volume that it is bound to.</summary>
    public string? VolumeName { get; init; }

    /// <summary>Which sort of storage; empty for none, absent for the default one.</summary>
    public string? StorageClassName { get; init; }

    /// <summary><c>Filesystem</c> or <c>Block</c>.</summary>
    public string? VolumeMode { get; init; }

    /// <summary>How fast the storage is to be.</summary>
    public string? VolumeAttributesClassName { get; init; }
}

/// <summary>What a claim was given.</summary>
public sealed record PersistentVolumeClaimStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PersistentVolumeClaimStatus Empty { get; } = new();

    /// <summary><c>Pending</c>, <c>Bound</c> or <c>Lost</c>.</summary>
    public string? Phase { get; init; }

    /// <summary>How it may be mounted.</summary>
    public ValueList<string> AccessModes { get; init; }

    /// <summary>How much it is.</summary>
    public ResourceList Capacity { get; init; }

    /// <summary>Resizing and others.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }

    /// <summary>How fast the storage is.</summary>
    public string? CurrentVolumeAttributesClassName { get; init; }
}
