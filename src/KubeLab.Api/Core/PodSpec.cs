using System.Text.Json.Serialization;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Core;

/// <summary>What the user asks for in a pod.</summary>
public sealed record PodSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PodSpec Empty { get; } = new();

    /// <summary>Directories that its containers may mount.</summary>
    [MergeKey("name"), RetainKeys]
    public ValueList<Volume> Volumes { get; init; }

    /// <summary>Containers that run to completion, one by one, before the others start.</summary>
    [MergeKey("name")]
    public ValueList<Container> InitContainers { get; init; }

    /// <summary>Containers that run together.</summary>
    [MergeKey("name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<Container> Containers { get; init; }

    /// <summary>Containers added for debugging.</summary>
    [MergeKey("name")]
    public ValueList<Container> EphemeralContainers { get; init; }

    /// <summary><c>Always</c>, <c>OnFailure</c> or <c>Never</c>.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>Seconds between the polite signal and the hard one.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Seconds after which it is failed.</summary>
    public long? ActiveDeadlineSeconds { get; init; }

    /// <summary>How names are resolved.</summary>
    public string? DnsPolicy { get; init; }

    /// <summary>Labels that its node must have.</summary>
    public StringMap NodeSelector { get; init; }

    /// <summary>The account it acts as.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>The old name of <see cref="ServiceAccountName"/>.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Whether the account's token is mounted.</summary>
    public bool? AutomountServiceAccountToken { get; init; }

    /// <summary>The node it is bound to.</summary>
    public string? NodeName { get; init; }

    /// <summary>Whether it shares the node's network.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>Whether it sees the node's processes.</summary>
    public bool HostPID { get; init; }

    /// <summary>Whether it shares the node's inter-process memory.</summary>
    public bool HostIPC { get; init; }

    /// <summary>Whether its containers see each other's processes.</summary>
    public bool? ShareProcessNamespace { get; init; }

    /// <summary>Users, groups and capabilities.</summary>
    public OpaqueObject? SecurityContext { get; init; }

    /// <summary>Secrets for private registries.</summary>
    [MergeKey("name")]
    public ValueList<LocalObjectReference> ImagePullSecrets { get; init; }

    /// <summary>Its host name, when not the pod's name.</summary>
    public string? Hostname { get; init; }

    /// <summary>The headless service that names it.</summary>
    public string? Subdomain { get; init; }

    /// <summary>Wishes and demands about its node and its neighbours.</summary>
    public Affinity? Affinity { get; init; }

    /// <summary>Who places it.</summary>
    public string? SchedulerName { get; init; }

    /// <summary>The taints it can live with.</summary>
    public ValueList<Toleration> Tolerations { get; init; }

    /// <summary>Lines for its hosts file.</summary>
    [MergeKey("ip")]
    public ValueList<OpaqueObject> HostAliases { get; init; }

    /// <summary>The class its priority comes from.</summary>
    public string? PriorityClassName { get; init; }

    /// <summary>Its importance; higher goes first and may preempt.</summary>
    public int? Priority { get; init; }

    /// <summary>Further conditions it needs to be ready.</summary>
    public ValueList<PodReadinessGate> ReadinessGates { get; init; }

    /// <summary>The container runtime it needs.</summary>
    public string? RuntimeClassName { get; init; }

    /// <summary>Whether services appear as environment variables.</summary>
    public bool? EnableServiceLinks { get; init; }

    /// <summary><c>PreemptLowerPriority</c> or <c>Never</c>.</summary>
    public string? PreemptionPolicy { get; init; }

    /// <summary>What the runtime itself needs for it.</summary>
    public ResourceList Overhead { get; init; }

    /// <summary>How evenly it and its like are spread.</summary>
    [MergeKey("topologyKey")]
    public ValueList<TopologySpreadConstraint> TopologySpreadConstraints { get; init; }

    /// <summary>What must be lifted before it may be scheduled.</summary>
    [MergeKey("name")]
    public ValueList<PodSchedulingGate> SchedulingGates { get; init; }
}

/// <summary>The name of an object in the same namespace.</summary>
public sealed record LocalObjectReference : ApiRecord
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }
}

/// <summary>A further condition that a pod needs to be ready.</summary>
public sealed record PodReadinessGate : ApiRecord
{
    /// <summary>The condition's type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ConditionType { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>Something that must be lifted before a pod may be scheduled.</summary>
public sealed record PodSchedulingGate : ApiRecord
{
    /// <summary>The gate's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>A taint, or a family of taints, that a pod can live with.</summary>
public sealed record Toleration : ApiRecord
{
    /// <summary>The taint's key; absent with <c>Exists</c> tolerates all.</summary>
    public string? Key { get; init; }

    /// <summary><c>Exists</c> or <c>Equal</c> (the default).</summary>
    public string? Operator { get; init; }

    /// <summary>The taint's value, for <c>Equal</c>.</summary>
    public string? Value { get; init; }

    /// <summary>The effect; absent tolerates all effects.</summary>
    public string? Effect { get; init; }

    /// <summary>How long a NoExecute taint is endured, in seconds; absent means for ever.</summary>
    public long? TolerationSeconds { get; init; }
}

/// <summary>How evenly pods are spread over zones, nodes or any other label.</summary>
public sealed record TopologySpreadConstraint : ApiRecord
{
    /// <summary>How many more one domain may hold than the emptiest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int MaxSkew { get; init; }

    /// <summary>The label that makes the domains.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string TopologyKey { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>DoNotSchedule</c> or <c>ScheduleAnyway</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string WhenUnsatisfiable { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The pods that are counted.</summary>
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>Fewer domains than this count as empty ones.</summary>
    public int? MinDomains { get; init; }

    /// <summary><c>Honor</c> or <c>Ignore</c>.</summary>
    public string? NodeAffinityPolicy { get; init; }

    /// <summary><c>Honor</c> or <c>Ignore</c>.</summary>
    public string? NodeTaintsPolicy { get; init; }

    /// <summary>Labels whose values are added to the selector.</summary>
    public ValueList<string> MatchLabelKeys { get; init; }
}
