using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Apps;

/// <summary>One copy of a pod on each node that will have it.</summary>
public sealed record DaemonSet : ApiRecord, IApiObject<DaemonSet>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("apps/v1", "daemonsets", "DaemonSet", true, "ds", "all", "status");

    /// <inheritdoc/>
    public string ApiVersion => "apps/v1";

    /// <inheritdoc/>
    public string Kind => "DaemonSet";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public DaemonSetSpec Spec { get => field ?? DaemonSetSpec.Empty; init => field = value == DaemonSetSpec.Empty ? null : value; }

    /// <summary>What the controller reports.</summary>
    public DaemonSetStatus Status { get => field ?? DaemonSetStatus.Empty; init => field = value == DaemonSetStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public DaemonSet WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in a daemon set.</summary>
public sealed record DaemonSetSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static DaemonSetSpec Empty { get; } = new();

    /// <summary>Which pods are its own.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>The pod to copy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public PodTemplateSpec Template
    {
        get => field ?? PodTemplateSpec.Empty;
        init => field = value == PodTemplateSpec.Empty ? null : value;
    }

    /// <summary>How old copies give way to new ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DaemonSetUpdateStrategy UpdateStrategy
    {
        get => field ?? DaemonSetUpdateStrategy.Empty;
        init => field = value == DaemonSetUpdateStrategy.Empty ? null : value;
    }

    /// <summary>Seconds that a copy must be ready to count as available.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>How many old templates are kept for a rollback.</summary>
    public int? RevisionHistoryLimit { get; init; }
}

/// <summary>How old copies of a daemon set give way to new ones.</summary>
public sealed record DaemonSetUpdateStrategy : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static DaemonSetUpdateStrategy Empty { get; } = new();

    /// <summary><c>RollingUpdate</c> or <c>OnDelete</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The bounds of a rolling update.</summary>
    public RollingUpdateDaemonSet? RollingUpdate { get; init; }
}

/// <summary>The bounds of a rolling update.</summary>
public sealed record RollingUpdateDaemonSet : ApiRecord
{
    /// <summary>On how many nodes the copy may be missing.</summary>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>On how many nodes there may be two.</summary>
    public IntOrString? MaxSurge { get; init; }
}

/// <summary>What the controller reports about a daemon set.</summary>
public sealed record DaemonSetStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static DaemonSetStatus Empty { get; } = new();

    /// <summary>Nodes that have a copy and should.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int CurrentNumberScheduled { get; init; }

    /// <summary>Nodes that have a copy and should not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int NumberMisscheduled { get; init; }

    /// <summary>Nodes that should have one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int DesiredNumberScheduled { get; init; }

    /// <summary>Nodes whose copy is ready.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int NumberReady { get; init; }

    /// <summary>The generation it speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Nodes with a copy of the newest template.</summary>
    public int UpdatedNumberScheduled { get; init; }

    /// <summary>Nodes whose copy has been ready long enough.</summary>
    public int NumberAvailable { get; init; }

    /// <summary>Nodes whose copy is missing or not available.</summary>
    public int NumberUnavailable { get; init; }

    /// <summary>How often the template's hash met another's.</summary>
    public int? CollisionCount { get; init; }

    /// <summary>Its conditions.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }
}
