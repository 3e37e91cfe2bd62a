using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Storage;

/// <summary>A storage driver and what it wants to be told.</summary>
/// <seealso href="https://kubernetes-csi.github.io/docs/csi-driver-object.html">CSIDriver object</seealso>
public sealed record CSIDriver : ApiRecord, IApiObject<CSIDriver>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("storage.k8s.io/v1", "csidrivers", "CSIDriver", false);

    /// <inheritdoc/>
    public string ApiVersion => "storage.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "CSIDriver";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What it wants.</summary>
    public CSIDriverSpec Spec { get => field ?? CSIDriverSpec.Empty; init => field = value == CSIDriverSpec.Empty ? null : value; }

    /// <inheritdoc/>
    public CSIDriver WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What a storage driver wants.</summary>
public sealed record CSIDriverSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static CSIDriverSpec Empty { get; } = new();

    /// <summary>Whether volumes are attached before they are mounted.</summary>
    public bool? AttachRequired { get; init; }

    /// <summary>Whether it is told about the pod.</summary>
    public bool? PodInfoOnMount { get; init; }

    /// <summary><c>Persistent</c>, <c>Ephemeral</c>.</summary>
    public ValueList<string> VolumeLifecycleModes { get; init; }

    /// <summary>Whether the scheduler looks at its free capacity.</summary>
    public bool? StorageCapacity { get; init; }

    /// <summary><c>ReadWriteOnceWithFSType</c>, <c>File</c> or <c>None</c>.</summary>
    public string? FsGroupPolicy { get; init; }

    /// <summary>The tokens that it is given.</summary>
    public ValueList<TokenRequestWish> TokenRequests { get; init; }

    /// <summary>Whether it is called again from time to time.</summary>
    public bool? RequiresRepublish { get; init; }

    /// <summary>Whether it mounts with SELinux contexts.</summary>
    public bool? SeLinuxMount { get; init; }

    /// <summary>How often it is asked how many volumes a node can hold.</summary>
    public long? NodeAllocatableUpdatePeriodSeconds { get; init; }
}

/// <summary>A token that a storage driver is given.</summary>
public sealed record TokenRequestWish : ApiRecord
{
    /// <summary>For whom it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Audience { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>How long it is valid.</summary>
    public long? ExpirationSeconds { get; init; }
}
