using System.Text.Json.Serialization;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Core;

/// <summary>A machine that runs pods.</summary>
public sealed record Node : ApiRecord, IApiObject<Node>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "nodes", "Node", false, "no", "", "status,proxy");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "Node";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What the operator says about it.</summary>
    public NodeSpec Spec { get => field ?? NodeSpec.Empty; init => field = value == NodeSpec.Empty ? null : value; }

    /// <summary>What its kubelet reports.</summary>
    public NodeStatus Status { get => field ?? NodeStatus.Empty; init => field = value == NodeStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public Node WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What the operator says about a node.</summary>
public sealed record NodeSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static NodeSpec Empty { get; } = new();

    /// <summary>The addresses of its pods.</summary>
    public string? PodCIDR { get; init; }

    /// <summary>The addresses of its pods, one per family.</summary>
    [MergeKey("")]
    public ValueList<string> PodCIDRs { get; init; }

    /// <summary>The machine's identity at the provider, <c>gce://project/zone/name</c>.</summary>
    public string? ProviderID { get; init; }

    /// <summary>Whether it is cordoned.</summary>
    public bool Unschedulable { get; init; }

    /// <summary>What keeps pods away unless they tolerate it.</summary>
    public ValueList<Taint> Taints { get; init; }
}

/// <summary>A mark on a node that pods must tolerate.</summary>
public sealed record Taint : ApiRecord
{
    /// <summary>The mark's key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Key { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The mark's value.</summary>
    public string? Value { get; init; }

    /// <summary><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Effect { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>When it was added; tolerations in seconds count from here.</summary>
    public Timestamp? TimeAdded { get; init; }
}

/// <summary>What a node's kubelet reports.</summary>
public sealed record NodeStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static NodeStatus Empty { get; } = new();

    /// <summary>All the machine has.</summary>
    public ResourceList Capacity { get; init; }

    /// <summary>What pods may request: capacity less what is reserved.</summary>
    public ResourceList Allocatable { get; init; }

    /// <summary>Ready, and the pressures.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }

    /// <summary>Where it is reached.</summary>
    [MergeKey("type")]
    public ValueList<NodeAddress> Addresses { get; init; }

    /// <summary>Where its kubelet listens.</summary>
    public OpaqueObject? DaemonEndpoints { get; init; }

    /// <summary>Versions and identities.</summary>
    public NodeSystemInfo? NodeInfo { get; init; }

    /// <summary>The images it has pulled.</summary>
    public ValueList<ContainerImage> Images { get; init; }
}

/// <summary>One address of a node.</summary>
public sealed record NodeAddress : ApiRecord
{
    /// <summary><c>InternalIP</c>, <c>ExternalIP</c> or <c>Hostname</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Address { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>Versions and identities of a node.</summary>
public sealed record NodeSystemInfo : ApiRecord
{
    /// <summary>The machine's identity.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string MachineID { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The firmware's identity.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string SystemUUID { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Changes with each boot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string BootID { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>For example <c>6.6.0</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string KernelVersion { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>For example <c>Container-Optimized OS</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string OsImage { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>For example <c>containerd://2.0.0</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ContainerRuntimeVersion { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>For example <c>v1.33.0</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string KubeletVersion { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>For example <c>v1.33.0</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string KubeProxyVersion { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>linux</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string OperatingSystem { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>amd64</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Architecture { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>An image that a node has.</summary>
public sealed record ContainerImage : ApiRecord
{
    /// <summary>The names it is known by.</summary>
    public ValueList<string> Names { get; init; }

    /// <summary>Its size in bytes.</summary>
    public long SizeBytes { get; init; }
}
