using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Apps;

/// <summary>As many copies of a pod as asked for.</summary>
public sealed record ReplicaSet : ApiRecord, IApiObject<ReplicaSet>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("apps/v1", "replicasets", "ReplicaSet", true, "rs", "all", "status,scale");

    /// <inheritdoc/>
    public string ApiVersion => "apps/v1";

    /// <inheritdoc/>
    public string Kind => "ReplicaSet";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public ReplicaSetSpec Spec { get => field ?? ReplicaSetSpec.Empty; init => field = value == ReplicaSetSpec.Empty ? null : value; }

    /// <summary>What the controller reports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ReplicaSetStatus Status
    {
        get => field ?? ReplicaSetStatus.Empty;
        init => field = value == ReplicaSetStatus.Empty ? null : value;
    }

    /// <inheritdoc/>
    public ReplicaSet WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in a replica set.</summary>
public sealed record ReplicaSetSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ReplicaSetSpec Empty { get; } = new();

    /// <summary>How many copies; 1 when absent.</summary>
    public int? Replicas { get; init; }

    /// <summary>Seconds that a copy must be ready to count as available.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>Which pods are its own.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>The pod to copy.</summary>
    public PodTemplateSpec Template
    {
        get => field ?? PodTemplateSpec.Empty;
        init => field = value == PodTemplateSpec.Empty ? null : value;
    }
}

/// <summary>What the controller reports about a replica set.</summary>
public sealed record ReplicaSetStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ReplicaSetStatus Empty { get; } = new();

    /// <summary>Copies there are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Replicas { get; init; }

    /// <summary>Copies with all the template's labels.</summary>
    public int FullyLabeledReplicas { get; init; }

    /// <summary>Copies that are ready.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>Copies that have been ready long enough.</summary>
    public int AvailableReplicas { get; init; }

    /// <summary>Copies that are on their way out.</summary>
    public int? TerminatingReplicas { get; init; }

    /// <summary>The generation it speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>ReplicaFailure.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }
}
