using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Apps;

/// <summary>Copies of a pod, kept at a number and renewed at a controlled rate.</summary>
public sealed record Deployment : ApiRecord, IApiObject<Deployment>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("apps/v1", "deployments", "Deployment", true, "deploy", "all", "status,scale");

    /// <inheritdoc/>
    public string ApiVersion => "apps/v1";

    /// <inheritdoc/>
    public string Kind => "Deployment";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What the user asks for.</summary>
    public DeploymentSpec Spec { get => field ?? DeploymentSpec.Empty; init => field = value == DeploymentSpec.Empty ? null : value; }

    /// <summary>What the controller reports.</summary>
    public DeploymentStatus Status
    {
        get => field ?? DeploymentStatus.Empty;
        init => field = value == DeploymentStatus.Empty ? null : value;
    }

    /// <inheritdoc/>
    public Deployment WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What the user asks for in a deployment.</summary>
public sealed record DeploymentSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static DeploymentSpec Empty { get; } = new();

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

    /// <summary>How old copies give way to new ones.</summary>
    [RetainKeys]
    public DeploymentStrategy? Strategy { get; init; }

    /// <summary>Seconds that a copy must be ready to count as available.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>How many old templates are kept for a rollback.</summary>
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>Whether template changes wait.</summary>
    public bool Paused { get; init; }

    /// <summary>Seconds without progress after which it is called failed.</summary>
    public int? ProgressDeadlineSeconds { get; init; }
}

/// <summary>How old copies give way to new ones.</summary>
public sealed record DeploymentStrategy : ApiRecord
{
    /// <summary><c>RollingUpdate</c> or <c>Recreate</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The bounds of a rolling update.</summary>
    public RollingUpdateDeployment? RollingUpdate { get; init; }
}

/// <summary>The bounds of a rolling update.</summary>
public sealed record RollingUpdateDeployment : ApiRecord
{
    /// <summary>How many copies may be missing; a percentage rounds down.</summary>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>How many copies may be too many; a percentage rounds up.</summary>
    public IntOrString? MaxSurge { get; init; }
}

/// <summary>What the controller reports about a deployment.</summary>
public sealed record DeploymentStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static DeploymentStatus Empty { get; } = new();

    /// <summary>The generation it speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Copies there are.</summary>
    public int Replicas { get; init; }

    /// <summary>Copies of the newest template.</summary>
    public int UpdatedReplicas { get; init; }

    /// <summary>Copies that are ready.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>Copies that have been ready long enough.</summary>
    public int AvailableReplicas { get; init; }

    /// <summary>Copies that are still missing.</summary>
    public int UnavailableReplicas { get; init; }

    /// <summary>Copies that are on their way out.</summary>
    public int? TerminatingReplicas { get; init; }

    /// <summary>Available, Progressing, ReplicaFailure.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }

    /// <summary>How often the template's hash met another's.</summary>
    public int? CollisionCount { get; init; }
}
