using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Apps;

/// <summary>Copies of a pod that keep their names and their storage.</summary>
public sealed record StatefulSet : ApiRecord, IApiObject<StatefulSet>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("apps/v1", "statefulsets", "StatefulSet", true, "sts", "all", "status,scale");

    /// <inheritdoc/>
    public string ApiVersion => "apps/v1";

    /// <inheritdoc/>
    public string Kind => "StatefulSet";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public StatefulSetSpec Spec { get => field ?? StatefulSetSpec.Empty; init => field = value == StatefulSetSpec.Empty ? null : value; }

    /// <summary>What the controller reports.</summary>
    public StatefulSetStatus Status
    {
        get => field ?? StatefulSetStatus.Empty;
        init => field = value == StatefulSetStatus.Empty ? null : value;
    }

    /// <inheritdoc/>
    public StatefulSet WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in a stateful set.</summary>
public sealed record StatefulSetSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static StatefulSetSpec Empty { get; } = new();

    /// <summary>How many copies; 1 when absent.</summary>
    public int? Replicas { get; init; }

    /// <summary>Which pods are its own.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>The pod to copy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public PodTemplateSpec Template
    {
        get => field ?? PodTemplateSpec.Empty;
        init => field = value == PodTemplateSpec.Empty ? null : value;
    }

    /// <summary>The storage that each copy gets for itself.</summary>
    public ValueList<PersistentVolumeClaim> VolumeClaimTemplates { get; init; }

    /// <summary>The headless service that gives the copies their names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ServiceName { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>OrderedReady</c> or <c>Parallel</c>.</summary>
    public string? PodManagementPolicy { get; init; }

    /// <summary>How old copies give way to new ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StatefulSetUpdateStrategy UpdateStrategy
    {
        get => field ?? StatefulSetUpdateStrategy.Empty;
        init => field = value == StatefulSetUpdateStrategy.Empty ? null : value;
    }

    /// <summary>How many old templates are kept for a rollback.</summary>
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>Seconds that a copy must be ready to count as available.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>What becomes of the copies' storage.</summary>
    public StatefulSetRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; init; }

    /// <summary>How the copies are numbered.</summary>
    public StatefulSetOrdinals? Ordinals { get; init; }
}

/// <summary>How old copies of a stateful set give way to new ones.</summary>
public sealed record StatefulSetUpdateStrategy : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static StatefulSetUpdateStrategy Empty { get; } = new();

    /// <summary><c>RollingUpdate</c> or <c>OnDelete</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The bounds of a rolling update.</summary>
    public RollingUpdateStatefulSet? RollingUpdate { get; init; }
}

/// <summary>The bounds of a rolling update.</summary>
public sealed record RollingUpdateStatefulSet : ApiRecord
{
    /// <summary>Copies below this number keep the old template.</summary>
    public int? Partition { get; init; }

    /// <summary>How many copies may be missing.</summary>
    public IntOrString? MaxUnavailable { get; init; }
}

/// <summary>What becomes of the copies' storage: <c>Retain</c> or <c>Delete</c>.</summary>
public sealed record StatefulSetRetentionPolicy : ApiRecord
{
    /// <summary>When the stateful set is deleted.</summary>
    public string? WhenDeleted { get; init; }

    /// <summary>When there are fewer copies.</summary>
    public string? WhenScaled { get; init; }
}

/// <summary>How the copies are numbered.</summary>
public sealed record StatefulSetOrdinals : ApiRecord
{
    /// <summary>The first number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Start { get; init; }
}

/// <summary>What the controller reports about a stateful set.</summary>
public sealed record StatefulSetStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static StatefulSetStatus Empty { get; } = new();

    /// <summary>The generation it speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Copies there are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Replicas { get; init; }

    /// <summary>Copies that are ready.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>Copies of the current template.</summary>
    public int CurrentReplicas { get; init; }

    /// <summary>Copies of the newest template.</summary>
    public int UpdatedReplicas { get; init; }

    /// <summary>The current template's name.</summary>
    public string? CurrentRevision { get; init; }

    /// <summary>The newest template's name.</summary>
    public string? UpdateRevision { get; init; }

    /// <summary>How often the template's hash met another's.</summary>
    public int? CollisionCount { get; init; }

    /// <summary>Its conditions.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }

    /// <summary>Copies that have been ready long enough.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int AvailableReplicas { get; init; }
}
