using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Rbac;

/// <summary>What may be done with what.</summary>
public sealed record PolicyRule : ApiRecord
{
    /// <summary>What may be done; <c>*</c> is everything.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<string> Verbs { get; init; }

    /// <summary>Of which groups; the core group is empty, <c>*</c> is every group.</summary>
    public ValueList<string> ApiGroups { get; init; }

    /// <summary>With which resources, for example <c>pods/log</c>; <c>*</c> is every one.</summary>
    public ValueList<string> Resources { get; init; }

    /// <summary>With which objects only; none means with all.</summary>
    public ValueList<string> ResourceNames { get; init; }

    /// <summary>On which paths that are no resources; <c>*</c> at the end stands for anything.</summary>
    public ValueList<string> NonResourceURLs { get; init; }
}

/// <summary>Which cluster roles make up another.</summary>
public sealed record AggregationRule : ApiRecord
{
    /// <summary>The labels of those whose rules are taken.</summary>
    public ValueList<LabelSelector> ClusterRoleSelectors { get; init; }
}
