using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Policy;

/// <summary>How many pods of a group may be away at once when somebody asks for it.</summary>
public sealed record PodDisruptionBudget : ApiRecord, IApiObject<PodDisruptionBudget>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("policy/v1", "poddisruptionbudgets", "PodDisruptionBudget", true, "pdb", "", "status");

    /// <inheritdoc/>
    public string ApiVersion => "policy/v1";

    /// <inheritdoc/>
    public string Kind => "PodDisruptionBudget";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public PodDisruptionBudgetSpec Spec
    {
        get => field ?? PodDisruptionBudgetSpec.Empty;
        init => field = value == PodDisruptionBudgetSpec.Empty ? null : value;
    }

    /// <summary>What the controller reports.</summary>
    public PodDisruptionBudgetStatus Status
    {
        get => field ?? PodDisruptionBudgetStatus.Empty;
        init => field = value == PodDisruptionBudgetStatus.Empty ? null : value;
    }

    /// <inheritdoc/>
    public PodDisruptionBudget WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in a budget; one of the two bounds.</summary>
public sealed record PodDisruptionBudgetSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PodDisruptionBudgetSpec Empty { get; } = new();

    /// <summary>How many pods must stay.</summary>
    public IntOrString? MinAvailable { get; init; }

    /// <summary>Which pods it guards.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>How many pods may be away.</summary>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary><c>IfHealthyBudget</c> or <c>AlwaysAllow</c>.</summary>
    public string? UnhealthyPodEvictionPolicy { get; init; }
}

/// <summary>What the controller reports about a budget.</summary>
public sealed record PodDisruptionBudgetStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PodDisruptionBudgetStatus Empty { get; } = new();

    /// <summary>The generation it speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Pods whose eviction was granted, and when.</summary>
    public OpaqueObject? DisruptedPods { get; init; }

    /// <summary>How many pods may go now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int DisruptionsAllowed { get; init; }

    /// <summary>How many pods are healthy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int CurrentHealthy { get; init; }

    /// <summary>How many must be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int DesiredHealthy { get; init; }

    /// <summary>How many there should be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int ExpectedPods { get; init; }

    /// <summary>DisruptionAllowed.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }
}
