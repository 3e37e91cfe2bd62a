using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Autoscaling;

/// <summary>What the user asks of a vertical autoscaler: the <c>spec</c> of a custom object of <c>autoscaling.k8s.io/v1</c>.</summary>
/// <seealso href="https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler">Vertical Pod Autoscaler</seealso>
public sealed record VerticalPodAutoscalerSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static VerticalPodAutoscalerSpec Empty { get; } = new();

    /// <summary>The controller whose pods it sizes.</summary>
    public ScaleTargetReference? TargetRef { get; init; }

    /// <summary>How recommendations reach pods.</summary>
    public PodUpdatePolicy? UpdatePolicy { get; init; }

    /// <summary>Bounds on what is recommended.</summary>
    public PodResourcePolicy? ResourcePolicy { get; init; }

    /// <summary>The recommender that answers; the default one when empty, one at the most.</summary>
    public ValueList<VerticalPodAutoscalerRecommenderSelector> Recommenders { get; init; }
}

/// <summary>A recommender, by its name.</summary>
public sealed record VerticalPodAutoscalerRecommenderSelector : ApiRecord
{
    /// <summary>The name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>How recommendations reach pods.</summary>
public sealed record PodUpdatePolicy : ApiRecord
{
    /// <summary><c>Off</c>, <c>Initial</c>, <c>Recreate</c>, <c>InPlaceOrRecreate</c> or <c>Auto</c>.</summary>
    public string? UpdateMode { get; init; }

    /// <summary>How many pods of a controller must live for one of them to be evicted.</summary>
    public int? MinReplicas { get; init; }

    /// <summary>What must be true of a pod to be evicted; all of them.</summary>
    public ValueList<EvictionRequirement> EvictionRequirements { get; init; }
}

/// <summary>One thing that must be true of a pod to be evicted.</summary>
public sealed record EvictionRequirement : ApiRecord
{
    /// <summary>The resources of which one at least must change so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<string> Resources { get; init; }

    /// <summary><c>TargetHigherThanRequests</c> or <c>TargetLowerThanRequests</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ChangeRequirement { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>Bounds on what is recommended, by container.</summary>
public sealed record PodResourcePolicy : ApiRecord
{
    /// <summary>The policies; the one named <c>*</c> is for containers without their own.</summary>
    public ValueList<ContainerResourcePolicy> ContainerPolicies { get; init; }
}

/// <summary>Bounds on what is recommended for one container.</summary>
public sealed record ContainerResourcePolicy : ApiRecord
{
    /// <summary>The container, or <c>*</c>.</summary>
    public string? ContainerName { get; init; }

    /// <summary><c>Auto</c> or <c>Off</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>The least that is recommended.</summary>
    public ResourceList MinAllowed { get; init; }

    /// <summary>The most that is recommended.</summary>
    public ResourceList MaxAllowed { get; init; }

    /// <summary>The resources that are recommended; <c>cpu</c> and <c>memory</c> when absent, none when an empty list is written.</summary>
    public ValueList<string>? ControlledResources { get; init; }

    /// <summary><c>RequestsAndLimits</c> or <c>RequestsOnly</c>.</summary>
    public string? ControlledValues { get; init; }
}

/// <summary>What a vertical autoscaler says: the <c>status</c> of the custom object.</summary>
public sealed record VerticalPodAutoscalerStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static VerticalPodAutoscalerStatus Empty { get; } = new();

    /// <summary>Whether it works, and why not.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }

    /// <summary>What is recommended; null before the first time.</summary>
    public RecommendedPodResources? Recommendation { get; init; }
}

/// <summary>What is recommended, by container.</summary>
public sealed record RecommendedPodResources : ApiRecord
{
    /// <summary>In the order of the containers' names.</summary>
    public ValueList<RecommendedContainerResources> ContainerRecommendations { get; init; }
}

/// <summary>What is recommended for one container.</summary>
public sealed record RecommendedContainerResources : ApiRecord
{
    /// <summary>The container.</summary>
    public string? ContainerName { get; init; }

    /// <summary>Less than this is too little.</summary>
    public ResourceList LowerBound { get; init; }

    /// <summary>What pods are given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ResourceList Target { get; init; }

    /// <summary>What usage alone says, without the policy.</summary>
    public ResourceList UncappedTarget { get; init; }

    /// <summary>More than this is wasted.</summary>
    public ResourceList UpperBound { get; init; }
}
