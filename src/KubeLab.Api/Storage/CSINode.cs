using System.Text.Json.Serialization;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Storage;

/// <summary>The storage drivers of one node.</summary>
public sealed record CSINode : ApiRecord, IApiObject<CSINode>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("storage.k8s.io/v1", "csinodes", "CSINode", false);

    /// <inheritdoc/>
    public string ApiVersion => "storage.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "CSINode";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The drivers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public CSINodeSpec Spec { get => field ?? CSINodeSpec.Empty; init => field = value == CSINodeSpec.Empty ? null : value; }

    /// <inheritdoc/>
    public CSINode WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>The storage drivers of one node.</summary>
public sealed record CSINodeSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static CSINodeSpec Empty { get; } = new();

    /// <summary>The drivers.</summary>
    [MergeKey("name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<CSINodeDriver> Drivers { get; init; }
}

/// <summary>A storage driver on a node.</summary>
public sealed record CSINodeDriver : ApiRecord
{
    /// <summary>The driver.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What the driver calls the node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string NodeID { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The labels by which it tells places apart.</summary>
    public ValueList<string> TopologyKeys { get; init; }

    /// <summary>How many volumes the node can hold.</summary>
    public OpaqueObject? Allocatable { get; init; }
}
