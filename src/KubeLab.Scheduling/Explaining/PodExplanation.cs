using KubeLab.Api;

namespace KubeLab.Scheduling.Explaining;

/// <summary>What the scheduler thinks of one pod: of every node why not or how good, and what would change it.</summary>
public sealed record PodExplanation
{
    /// <summary>The pod.</summary>
    public required ObjectKey Pod { get; init; }

    /// <summary>The node it has; empty when it has none.</summary>
    public string BoundTo { get; init; } = "";

    /// <summary>What keeps it from being tried at all, such as a gate; empty when nothing does.</summary>
    public string Held { get; init; } = "";

    /// <summary>Upstream's sentence <c>0/3 nodes are available: …</c>; empty when some node fits.</summary>
    public string Message { get; init; } = "";

    /// <summary>Every node, in order of their names.</summary>
    public required IReadOnlyList<NodeExplanation> Nodes { get; init; }

    /// <summary>Changes after which it would fit, each tried out on a copy.</summary>
    public IReadOnlyList<Counterfactual> Counterfactuals { get; init; } = [];

    /// <summary>The nodes on which it fits, best first.</summary>
    public IReadOnlyList<NodeExplanation> Fitting => [.. Nodes.Where(n => n.Fits).OrderByDescending(n => n.Total)];

    /// <summary>Whether any node fits.</summary>
    public bool Fits => Nodes.Any(n => n.Fits);

    /// <summary>What is said of the node called <paramref name="name"/>, or null.</summary>
    public NodeExplanation? Node(string name) => Nodes.FirstOrDefault(n => n.Node == name);
}

/// <summary>What the scheduler thinks of one pod on one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Refusals">Every filter that refuses it; none where the pod fits.</param>
/// <param name="Scores">Every plugin's score where it fits.</param>
public sealed record NodeExplanation(string Node, IReadOnlyList<Refusal> Refusals, IReadOnlyList<Score> Scores)
{
    /// <summary>Whether the pod fits.</summary>
    public bool Fits => Refusals.Count == 0;

    /// <summary>The sum of all weighted scores; the highest wins.</summary>
    public long Total => Scores.Sum(s => s.Weighted);
}

/// <summary>Why a filter refuses a node.</summary>
/// <param name="Plugin">The filter.</param>
/// <param name="Reason">Upstream's reason.</param>
/// <param name="Words">The same in plain words with the numbers.</param>
/// <param name="Resolvable">Whether pods leaving the node could help.</param>
public sealed record Refusal(string Plugin, string Reason, string Words, bool Resolvable);

/// <summary>What a plugin scores a node.</summary>
/// <param name="Plugin">The plugin.</param>
/// <param name="Weight">How much it counts.</param>
/// <param name="Raw">Its own number.</param>
/// <param name="Normalized">The number brought into 0 to 100 over all nodes that fit.</param>
public sealed record Score(string Plugin, int Weight, long Raw, long Normalized)
{
    /// <summary>What is added to the node's total.</summary>
    public long Weighted => Weight * Normalized;
}

/// <summary>A change after which a pod would fit.</summary>
/// <param name="Kind">Of which sort.</param>
/// <param name="Words">The change as the end of "it would fit if …".</param>
/// <param name="Nodes">Where it would fit then.</param>
public sealed record Counterfactual(CounterfactualKind Kind, string Words, IReadOnlyList<string> Nodes)
{
    /// <summary>The largest request that fits, in thousandths of a core or in bytes; null for other changes.</summary>
    public long? Largest { get; init; }

    /// <summary>The price per hour of the change, with its currency; null where it costs nothing.</summary>
    public string? PricePerHour { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"it would fit{(Nodes.Count == 0 ? "" : $" on {Where}")} if {Words}";

    private string Where => Nodes.Count <= 3 ? string.Join(", ", Nodes) : $"{Nodes.Count} nodes";
}

/// <summary>Sorts of changes.</summary>
public enum CounterfactualKind
{
    /// <summary>Asking for less CPU.</summary>
    LessCpu,

    /// <summary>Asking for less memory.</summary>
    LessMemory,

    /// <summary>Asking for less of both.</summary>
    LessCpuAndMemory,

    /// <summary>Doing without another resource.</summary>
    WithoutResource,

    /// <summary>Tolerating a taint.</summary>
    Toleration,

    /// <summary>Dropping a label or a term that is demanded of nodes.</summary>
    NodeSelection,

    /// <summary>Dropping a demand about neighbours.</summary>
    Neighbours,

    /// <summary>Dropping a spreading rule.</summary>
    Spreading,

    /// <summary>Dropping a port of the node.</summary>
    HostPort,

    /// <summary>Letting pods onto a cordoned node again.</summary>
    Uncordon,

    /// <summary>Sending less important pods away.</summary>
    Preemption,

    /// <summary>Being more important, and sending others away.</summary>
    Priority,

    /// <summary>One more node.</summary>
    AnotherNode,
}
