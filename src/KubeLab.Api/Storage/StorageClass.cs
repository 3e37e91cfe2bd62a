using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Storage;

/// <summary>A sort of storage, and who makes volumes of it.</summary>
public sealed record StorageClass : ApiRecord, IApiObject<StorageClass>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("storage.k8s.io/v1", "storageclasses", "StorageClass", false, "sc", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "storage.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "StorageClass";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>Who makes them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Provisioner { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What the provisioner is told.</summary>
    public StringMap Parameters { get; init; }

    /// <summary>What becomes of a volume after its claim.</summary>
    public string? ReclaimPolicy { get; init; }

    /// <summary>How volumes are mounted.</summary>
    public ValueList<string> MountOptions { get; init; }

    /// <summary>Whether claims may grow.</summary>
    public bool? AllowVolumeExpansion { get; init; }

    /// <summary><c>Immediate</c> or <c>WaitForFirstConsumer</c>.</summary>
    public string? VolumeBindingMode { get; init; }

    /// <summary>Where volumes may be.</summary>
    public ValueList<OpaqueObject> AllowedTopologies { get; init; }

    /// <inheritdoc/>
    public StorageClass WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}
