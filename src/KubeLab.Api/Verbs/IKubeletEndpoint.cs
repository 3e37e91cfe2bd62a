using KubeLab.Api.Core;

namespace KubeLab.Api.Verbs;

/// <summary>What a kubelet answers the API server about its own containers (upstream: the kubelet's HTTPS server on port 10250).</summary>
public interface IKubeletEndpoint
{
    /// <summary>Reads a container's log.</summary>
    /// <exception cref="ApiException">The container has not started, or has no previous run.</exception>
    string Log(Pod pod, string container, LogOptions options);

    /// <summary>Follows a container's log until the container ends.</summary>
    /// <exception cref="ApiException">The container has not started, or has no previous run.</exception>
    ContainerStream FollowLog(Pod pod, string container, LogOptions options);

    /// <summary>Runs a command in a container; what the kubelet refuses is told through the stream.</summary>
    ContainerStream Exec(Pod pod, string container, ProcessOptions options);

    /// <summary>Joins the process that a container runs: its output from now on, and its input where it reads one.</summary>
    ContainerStream Attach(Pod pod, string container, ProcessOptions options);

    /// <summary>Why nobody listens on a port of the pod, in the words of a refused connection; null when somebody does.</summary>
    string? WhyRefused(Pod pod, int port);

    /// <summary>Asks whoever listens on a port of the pod; null when it hears no web requests, or nobody listens.</summary>
    WebAnswer? Ask(Pod pod, int port, WebQuestion question);

    /// <summary>What the node's pods use at this instant.</summary>
    NodeUsage Usage();

    /// <summary>What the node and its containers have used so far.</summary>
    NodeStats Stats();
}

/// <summary>What a node and its containers have used since they began, as a kubelet tells on its page <c>/metrics/resource</c>.</summary>
/// <param name="StartedAt">When the machine was switched on.</param>
/// <param name="CpuNanoseconds">CPU time since then, in nanoseconds of a core, system and ended containers included.</param>
/// <param name="MemoryBytes">Memory now, in bytes, system included.</param>
/// <param name="Containers">Those that run, one pod after the other.</param>
/// <seealso href="https://kubernetes.io/docs/reference/instrumentation/node-metrics/">Node metrics data</seealso>
public sealed record NodeStats(DateTimeOffset StartedAt, long CpuNanoseconds, long MemoryBytes, IReadOnlyList<ContainerUsage> Containers);

/// <summary>What a container has used since it began.</summary>
/// <param name="Pod">Its pod.</param>
/// <param name="Container">Which.</param>
/// <param name="StartedAt">When this run of it began.</param>
/// <param name="CpuNanoseconds">CPU time since then, in nanoseconds of a core.</param>
/// <param name="MemoryBytes">Memory now, in bytes.</param>
public readonly record struct ContainerUsage(ObjectKey Pod, string Container, DateTimeOffset StartedAt, long CpuNanoseconds, long MemoryBytes);

/// <summary>What a node uses at one instant.</summary>
/// <param name="CpuMillis">CPU in thousandths of a core, system included.</param>
/// <param name="MemoryBytes">Memory in bytes, system included.</param>
/// <param name="Pods">The same by pod.</param>
public sealed record NodeUsage(long CpuMillis, long MemoryBytes, IReadOnlyList<PodUsage> Pods);

/// <summary>What a pod uses at one instant.</summary>
/// <param name="Pod">Which.</param>
/// <param name="CpuMillis">CPU in thousandths of a core.</param>
/// <param name="MemoryBytes">Memory in bytes.</param>
public readonly record struct PodUsage(ObjectKey Pod, long CpuMillis, long MemoryBytes);
