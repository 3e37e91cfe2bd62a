using KubeLab.Api.Core;

namespace KubeLab.Api.Verbs;

/// <summary>What a kubelet answers the API server about its own containers (upstream: the kubelet's HTTPS server on port 10250).</summary>
public interface IKubeletEndpoint
{
    /// <summary>Reads a container's log.</summary>
    /// <exception cref="ApiException">The container has not started, or has no previous run.</exception>
    string Log(Pod pod, string container, LogOptions options);

    /// <summary>What the node's pods use at this instant.</summary>
    NodeUsage Usage();
}

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
