using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>Wishes and demands of a pod about its node and its neighbours.</summary>
public sealed record Affinity : ApiRecord
{
    /// <summary>About the node's labels.</summary>
    public NodeAffinity? NodeAffinity { get; init; }

    /// <summary>About neighbours it wants.</summary>
    public PodAffinity? PodAffinity { get; init; }

    /// <summary>About neighbours it avoids.</summary>
    public PodAntiAffinity? PodAntiAffinity { get; init; }
}

/// <summary>Wishes and demands about a node's labels.</summary>
public sealed record NodeAffinity : ApiRecord
{
    /// <summary>What must hold when the pod is placed.</summary>
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    /// <summary>What is better, with weights.</summary>
    public ValueList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}

/// <summary>Terms of which one must hold.</summary>
public sealed record NodeSelector : ApiRecord
{
    /// <summary>The terms, OR-ed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<NodeSelectorTerm> NodeSelectorTerms { get; init; }
}

/// <summary>Lines of which all must hold; an empty term matches nothing.</summary>
public sealed record NodeSelectorTerm : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static NodeSelectorTerm Empty { get; } = new();

    /// <summary>Lines about labels.</summary>
    public ValueList<NodeSelectorRequirement> MatchExpressions { get; init; }

    /// <summary>Lines about fields (<c>metadata.name</c>).</summary>
    public ValueList<NodeSelectorRequirement> MatchFields { get; init; }
}

/// <summary>One line: a key, an operator and values.</summary>
public sealed record NodeSelectorRequirement : ApiRecord
{
    /// <summary>The label or field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Key { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c>, <c>DoesNotExist</c>, <c>Gt</c> or <c>Lt</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Operator { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What it is compared with.</summary>
    public ValueList<string> Values { get; init; }
}

/// <summary>A wish about a node, with its weight.</summary>
public sealed record PreferredSchedulingTerm : ApiRecord
{
    /// <summary>1 to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Weight { get; init; }

    /// <summary>The wish.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public NodeSelectorTerm Preference
    {
        get => field ?? NodeSelectorTerm.Empty;
        init => field = value == NodeSelectorTerm.Empty ? null : value;
    }
}

/// <summary>Neighbours that a pod wants.</summary>
public sealed record PodAffinity : ApiRecord
{
    /// <summary>Demands.</summary>
    public ValueList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    /// <summary>Wishes.</summary>
    public ValueList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}

/// <summary>Neighbours that a pod avoids.</summary>
public sealed record PodAntiAffinity : ApiRecord
{
    /// <summary>Demands.</summary>
    public ValueList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    /// <summary>Wishes.</summary>
    public ValueList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}

/// <summary>Which neighbours, and how near.</summary>
public sealed record PodAffinityTerm : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PodAffinityTerm Empty { get; } = new();

    /// <summary>The neighbours' labels.</summary>
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>The neighbours' namespaces.</summary>
    public ValueList<string> Namespaces { get; init; }

    /// <summary>The node label that says what near means.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string TopologyKey { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The neighbours' namespaces, by label.</summary>
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Labels whose values are added to the selector.</summary>
    public ValueList<string> MatchLabelKeys { get; init; }

    /// <summary>Labels whose values are excluded by the selector.</summary>
    public ValueList<string> MismatchLabelKeys { get; init; }
}

/// <summary>A wish about neighbours, with its weight.</summary>
public sealed record WeightedPodAffinityTerm : ApiRecord
{
    /// <summary>1 to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Weight { get; init; }

    /// <summary>The wish.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public PodAffinityTerm PodAffinityTerm
    {
        get => field ?? PodAffinityTerm.Empty;
        init => field = value == PodAffinityTerm.Empty ? null : value;
    }
}
