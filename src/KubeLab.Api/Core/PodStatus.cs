using System.Text.Json.Serialization;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Core;

/// <summary>What the node reports about a pod.</summary>
public sealed record PodStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PodStatus Empty { get; } = new();

    /// <summary>The generation it speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary><c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
    public string? Phase { get; init; }

    /// <summary>Scheduled, initialised, containers ready, ready.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }

    /// <summary>Why it is in this phase, for people.</summary>
    public string? Message { get; init; }

    /// <summary>Why, in one word, for example <c>Evicted</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The node on which room is being made for it.</summary>
    public string? NominatedNodeName { get; init; }

    /// <summary>The node's address.</summary>
    public string? HostIP { get; init; }

    /// <summary>The node's addresses, one per family.</summary>
    public ValueList<HostIP> HostIPs { get; init; }

    /// <summary>Its own address.</summary>
    public string? PodIP { get; init; }

    /// <summary>Its own addresses, one per family.</summary>
    [MergeKey("ip")]
    public ValueList<PodIP> PodIPs { get; init; }

    /// <summary>When the kubelet took it on.</summary>
    public Timestamp? StartTime { get; init; }

    /// <summary>The init containers.</summary>
    public ValueList<ContainerStatus> InitContainerStatuses { get; init; }

    /// <summary>The containers.</summary>
    public ValueList<ContainerStatus> ContainerStatuses { get; init; }

    /// <summary><c>Guaranteed</c>, <c>Burstable</c> or <c>BestEffort</c>.</summary>
    public string? QosClass { get; init; }
}

/// <summary>An address of a pod.</summary>
public sealed record PodIP : ApiRecord
{
    /// <summary>The address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Ip { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>An address of a pod's node.</summary>
public sealed record HostIP : ApiRecord
{
    /// <summary>The address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Ip { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>What the node reports about one container.</summary>
public sealed record ContainerStatus : ApiRecord
{
    /// <summary>The container.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>What it is doing.</summary>
    public ContainerState? State { get; init; }

    /// <summary>How it ended before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ContainerState? LastState { get; init; }

    /// <summary>Whether its readiness probe, if any, is content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Ready { get; init; }

    /// <summary>How often it was started again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int RestartCount { get; init; }

    /// <summary>The image it runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Image { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The image's digest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string ImageID { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The runtime's identity for it.</summary>
    public string? ContainerID { get; init; }

    /// <summary>Whether its startup probe, if any, has succeeded.</summary>
    public bool? Started { get; init; }
}

/// <summary>What a container is doing: exactly one of the three.</summary>
public sealed record ContainerState : ApiRecord
{
    /// <summary>It is not started yet, or not again.</summary>
    public ContainerStateWaiting? Waiting { get; init; }

    /// <summary>It runs.</summary>
    public ContainerStateRunning? Running { get; init; }

    /// <summary>It has ended.</summary>
    public ContainerStateTerminated? Terminated { get; init; }
}

/// <summary>A container that is not started yet, or not again.</summary>
public sealed record ContainerStateWaiting : ApiRecord
{
    /// <summary>For example <c>ContainerCreating</c> or <c>CrashLoopBackOff</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>For people.</summary>
    public string? Message { get; init; }
}

/// <summary>A container that runs.</summary>
public sealed record ContainerStateRunning : ApiRecord
{
    /// <summary>Since when.</summary>
    public Timestamp? StartedAt { get; init; }
}

/// <summary>A container that has ended.</summary>
public sealed record ContainerStateTerminated : ApiRecord
{
    /// <summary>0 is success; 137 is a kill.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int ExitCode { get; init; }

    /// <summary>The signal, if that ended it.</summary>
    public int Signal { get; init; }

    /// <summary><c>Completed</c>, <c>Error</c> or <c>OOMKilled</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Its last words.</summary>
    public string? Message { get; init; }

    /// <summary>When it started.</summary>
    public Timestamp? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public Timestamp? FinishedAt { get; init; }

    /// <summary>The runtime's identity for it.</summary>
    public string? ContainerID { get; init; }
}
