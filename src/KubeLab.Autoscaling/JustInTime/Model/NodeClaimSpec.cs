using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.JustInTime.Model;

/// <summary>The machine that is wanted.</summary>
internal sealed record NodeClaimSpec
{
    public NodeRequirement[]? Requirements { get; init; }

    public ClaimTaint[]? Taints { get; init; }

    public ClaimTaint[]? StartupTaints { get; init; }

    public NodeClassReference? NodeClassRef { get; init; }

    public string? ExpireAfter { get; init; }

    public string? TerminationGracePeriod { get; init; }

    public ClaimResources? Resources { get; init; }
}

/// <summary>A line about a label of the machine.</summary>
internal sealed record NodeRequirement(string Key, string Operator, string[]? Values = null, int? MinValues = null)
{
    public static NodeRequirement In(string key, params string[] values) => new(key, "In", values);

    public NodeSelectorRequirement ToSelector() => new() { Key = Key, Operator = Operator, Values = (Values ?? []).ToValueList() };
}

/// <summary>A taint of the machine's node.</summary>
internal sealed record ClaimTaint(string Key, string? Value, string Effect)
{
    public Taint ToTaint() => new() { Key = Key, Value = string.IsNullOrEmpty(Value) ? null : Value, Effect = Effect };
}

/// <summary>Where the provider's part is written down.</summary>
internal sealed record NodeClassReference(string Group, string Kind, string Name);

/// <summary>What pods need of the machine.</summary>
internal sealed record ClaimResources(Dictionary<string, Quantity>? Requests);

/// <summary>What became of the machine.</summary>
internal sealed record NodeClaimStatus
{
    public string? NodeName { get; init; }

    public string? ProviderID { get; init; }

    public Dictionary<string, Quantity>? Capacity { get; init; }

    public Dictionary<string, Quantity>? Allocatable { get; init; }

    public KarpenterCondition[]? Conditions { get; init; }
}

/// <summary>One thing that holds, or does not, or is not known.</summary>
internal sealed record KarpenterCondition(string Type, string Status, string Reason, string Message, string LastTransitionTime);

/// <summary>The part of a pool's template by which drift is noticed: what changes here makes nodes of another sort.</summary>
internal sealed record HashedTemplate
{
    public SortedDictionary<string, string>? Labels { get; init; }

    public SortedDictionary<string, string>? Annotations { get; init; }

    public ClaimTaint[]? Taints { get; init; }

    public ClaimTaint[]? StartupTaints { get; init; }

    public string? ExpireAfter { get; init; }

    public string? TerminationGracePeriod { get; init; }

    public NodeClassReference? NodeClassRef { get; init; }
}
