using KubeLab.Cloud.Machines;

namespace KubeLab;

/// <summary>Machines that are rented one by one when pods wait for them, of any type that is allowed here.</summary>
/// <param name="Name">The pool's name; its nodes are called by it and five random letters.</param>
/// <seealso href="https://karpenter.sh/docs/concepts/nodepools/">Karpenter: node pools</seealso>
public sealed record JustInTimePool(string Name)
{
    /// <summary>The machine families that may be rented, for example <c>e2</c>; empty for all.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>The machine types that may be rented, for example <c>n2-standard-4</c>; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The zones; empty for all of the region.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Whether Spot machines may be rented; where both sorts may, the cheaper is.</summary>
    public bool Spot { get; init; }

    /// <summary>Whether machines at the full price may be rented.</summary>
    public bool OnDemand { get; init; } = true;

    /// <summary>How many vCPUs the pool may have in sum; null without limit.</summary>
    public double? CpuLimit { get; init; }

    /// <summary>How many nodes the pool may have; null without limit.</summary>
    public int? NodeLimit { get; init; }

    /// <summary>How long no pod may have come or gone until a node is consolidated; null for never.</summary>
    public TimeSpan? ConsolidateAfter { get; init; } = TimeSpan.Zero;

    /// <summary>How many nodes may be disrupted at a time: a number, or a percentage as <c>10%</c>.</summary>
    public string Budget { get; init; } = "10%";

    /// <summary>How old nodes may become; null without bound.</summary>
    public TimeSpan? ExpireAfter { get; init; } = TimeSpan.FromHours(720);

    /// <summary>Pools of more weight are tried first, 1 to 100; 0 is none.</summary>
    public int Weight { get; init; }

    /// <summary>Refuses names that nothing has: such a pool would wait for ever without a word.</summary>
    /// <exception cref="ArgumentException">There is no such family, type or zone, or nothing may be rented; the message lists what there is.</exception>
    internal void Require(MachineCatalog machines, IReadOnlyList<string> zones)
    {
        Require("machine family", Families, [.. machines.Types.Select(t => t.Family).Distinct()]);
        Require("machine type", Types, [.. machines.Types.Select(t => t.Name)]);
        Require("zone", Zones, zones);
        if (!Spot && !OnDemand)
        {
            throw new ArgumentException($"pool {Name} may rent neither Spot machines nor others: set {nameof(Spot)} or {nameof(OnDemand)}");
        }
    }

    private static void Require(string what, IReadOnlyList<string> named, IReadOnlyList<string> known)
    {
        if (named.FirstOrDefault(n => !known.Contains(n)) is { } unknown)
        {
            throw new ArgumentException($"unknown {what} \"{unknown}\"; there are {string.Join(", ", known)}");
        }
    }
}
