using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Storage;

/// <summary>The wish that a volume be attached to a node.</summary>
public sealed record VolumeAttachment : ApiRecord, IApiObject<VolumeAttachment>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("storage.k8s.io/v1", "volumeattachments", "VolumeAttachment", false, "", "", "status");

    /// <inheritdoc/>
    public string ApiVersion => "storage.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "VolumeAttachment";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>Which volume, where, by whom.</summary>
    public VolumeAttachmentSpec Spec { get => field ?? VolumeAttachmentSpec.Empty; init => field = value == VolumeAttachmentSpec.Empty ? null : value; }

    /// <summary>Whether it is attached.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public VolumeAttachmentStatus Status { get => field ?? VolumeAttachmentStatus.Empty; init => field = value == VolumeAttachmentStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public VolumeAttachment WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>Which volume is to be attached where.</summary>
public sealed record VolumeAttachmentSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static VolumeAttachmentSpec Empty { get; } = new();

    /// <summary>The driver that does it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Attacher { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The volume.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public VolumeAttachmentSource Source { get => field ?? VolumeAttachmentSource.Empty; init => field = value == VolumeAttachmentSource.Empty ? null : value; }

    /// <summary>The node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string NodeName { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>The volume of an attachment.</summary>
public sealed record VolumeAttachmentSource : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static VolumeAttachmentSource Empty { get; } = new();

    /// <summary>A persistent volume.</summary>
    public string? PersistentVolumeName { get; init; }

    /// <summary>A volume described in place.</summary>
    public OpaqueObject? InlineVolumeSpec { get; init; }
}

/// <summary>Whether a volume is attached.</summary>
public sealed record VolumeAttachmentStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static VolumeAttachmentStatus Empty { get; } = new();

    /// <summary>Whether it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Attached { get; init; }

    /// <summary>What the driver says about it.</summary>
    public StringMap AttachmentMetadata { get; init; }

    /// <summary>Why it could not be attached.</summary>
    public OpaqueObject? AttachError { get; init; }

    /// <summary>Why it could not be detached.</summary>
    public OpaqueObject? DetachError { get; init; }
}
