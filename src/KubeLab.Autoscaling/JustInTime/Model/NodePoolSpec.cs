using KubeLab.Api;

namespace KubeLab.Autoscaling.JustInTime.Model;

/// <summary>What a pool's author wants.</summary>
internal sealed record NodePoolSpec
{
    public NodeClaimTemplate? Template { get; init; }

    public PoolDisruption? Disruption { get; init; }

    public Dictionary<string, Quantity>? Limits { get; init; }

    public int? Weight { get; init; }
}

/// <summary>What the claims of a pool have in common.</summary>
internal sealed record NodeClaimTemplate
{
    public TemplateMetadata? Metadata { get; init; }

    public NodeClaimSpec? Spec { get; init; }
}

/// <summary>What the nodes of a pool carry.</summary>
internal sealed record TemplateMetadata
{
    public Dictionary<string, string>? Labels { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }
}

/// <summary>When nodes of a pool may go.</summary>
internal sealed record PoolDisruption
{
    public string? ConsolidateAfter { get; init; }

    public string? ConsolidationPolicy { get; init; }

    public DisruptionBudget[]? Budgets { get; init; }
}

/// <summary>How many nodes of a pool may go at a time.</summary>
internal sealed record DisruptionBudget
{
    public string? Nodes { get; init; }

    public string[]? Reasons { get; init; }

    public string? Schedule { get; init; }

    public string? Duration { get; init; }
}

/// <summary>What a pool has.</summary>
internal sealed record NodePoolStatus
{
    public Dictionary<string, Quantity>? Resources { get; init; }

    public KarpenterCondition[]? Conditions { get; init; }
}

/// <summary>What the provider needs to know.</summary>
internal sealed record NodeClassSpec
{
    public int? DiskGib { get; init; }
}
