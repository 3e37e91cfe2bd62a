using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Nodes.ScaleUp;

/// <summary>What came of an attempt to grow.</summary>
/// <param name="Outcome">How it ended.</param>
public sealed record ScaleUpResult(ScaleUpOutcome Outcome)
{
    /// <summary>The groups that grew.</summary>
    public IReadOnlyList<ScaleUpInfo> Infos { get; init; } = [];

    /// <summary>The pods for which they grew.</summary>
    public IReadOnlyList<Pod> Triggered { get; init; } = [];

    /// <summary>The pods that no group would help, and why.</summary>
    public IReadOnlyList<NoScaleUp> Remaining { get; init; } = [];
}

/// <summary>How an attempt to grow ended.</summary>
public enum ScaleUpOutcome
{
    /// <summary>Machines were asked for.</summary>
    Successful,

    /// <summary>The provider refused.</summary>
    Failed,

    /// <summary>No pod waits.</summary>
    NotNeeded,

    /// <summary>No group would help.</summary>
    NoOptions,

    /// <summary>The pods are so new that more may come.</summary>
    InCooldown,

    /// <summary>The cluster has as many nodes as it may have.</summary>
    LimitedByMaxNodesTotal,
}

/// <summary>A pod that waits on, and how many groups would not help for which reason.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Reasons">Each reason with the number of groups.</param>
public sealed record NoScaleUp(Pod Pod, IReadOnlyDictionary<string, int> Reasons)
{
    /// <summary>As its event says it: <c>1 Insufficient cpu, 1 max node group size reached</c>.</summary>
    public string Message => string.Join(", ", Reasons.Select(r => FormattableString.Invariant($"{r.Value} {r.Key}")));
}
