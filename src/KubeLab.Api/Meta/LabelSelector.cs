using System.Text.Json.Serialization;

namespace KubeLab.Api.Meta;

/// <summary>A query over labels: all lines must hold; an empty one selects everything, an absent one nothing.</summary>
public sealed record LabelSelector : ApiRecord
{
    /// <summary>Pairs that must be there.</summary>
    public StringMap MatchLabels { get; init; }

    /// <summary>Lines that must hold.</summary>
    public ValueList<LabelSelectorRequirement> MatchExpressions { get; init; }
}

/// <summary>One line of a selector: a key, an operator and values.</summary>
public sealed record LabelSelectorRequirement : ApiRecord
{
    /// <summary>The label's key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Key { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Operator { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What the key is compared with.</summary>
    public ValueList<string> Values { get; init; }
}
