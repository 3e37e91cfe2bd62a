using System.Text.Json.Serialization;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Core;

/// <summary>As many copies of a pod as asked for; replica sets have taken its place.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller/">ReplicationController</seealso>
public sealed record ReplicationController : ApiRecord, IApiObject<ReplicationController>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "replicationcontrollers", "ReplicationController", true, "rc", "all", "status,scale");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "ReplicationController";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public ReplicationControllerSpec Spec { get => field ?? ReplicationControllerSpec.Empty; init => field = value == ReplicationControllerSpec.Empty ? null : value; }

    /// <summary>What the controller reports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ReplicationControllerStatus Status { get => field ?? ReplicationControllerStatus.Empty; init => field = value == ReplicationControllerStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public ReplicationController WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in a replication controller.</summary>
public sealed record ReplicationControllerSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ReplicationControllerSpec Empty { get; } = new();

    /// <summary>How many copies; 1 when absent.</summary>
    public int? Replicas { get; init; }

    /// <summary>Seconds that a copy must be ready to count as available.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>The labels of its pods.</summary>
    public StringMap Selector { get; init; }

    /// <summary>The pod to copy.</summary>
    public PodTemplateSpec? Template { get; init; }
}

/// <summary>What the controller reports about a replication controller.</summary>
public sealed record ReplicationControllerStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ReplicationControllerStatus Empty { get; } = new();

    /// <summary>Copies there are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Replicas { get; init; }

    /// <summary>Copies with all the template's labels.</summary>
    public int FullyLabeledReplicas { get; init; }

    /// <summary>Copies that are ready.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>Copies that have been ready long enough.</summary>
    public int AvailableReplicas { get; init; }

    /// <summary>The generation it speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>ReplicaFailure.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }
}
