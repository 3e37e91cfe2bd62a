using System.Globalization;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>What share of a node its pods request; what they use does not matter.</summary>
/// <param name="Cpu">Of its CPU.</param>
/// <param name="Memory">Of its memory.</param>
/// <param name="Gpu">Of its GPUs; where a node has any, they alone count.</param>
/// <param name="Resource">The resource that counts: the one of which most is requested.</param>
/// <param name="Value">Its share, 0 to 1.</param>
/// <remarks>Upstream: simulator/utilization/info.go.</remarks>
public sealed record Utilization(double Cpu, double Memory, double Gpu, string Resource, double Value)
{
    private const string GpuResource = "nvidia.com/gpu";

    /// <summary>Whether the node's kind has GPUs, whether or not they are ready.</summary>
    public static bool HasGpu(Node node) =>
        node.Metadata.Labels.ContainsKey("cloud.google.com/gke-accelerator") || node.Status.Capacity[GpuResource] is { IsZero: false };

    /// <summary>Computes it.</summary>
    /// <param name="node">The node and its pods.</param>
    /// <param name="skipDaemons">Whether daemon pods are left out, with the room that they take.</param>
    /// <param name="skipMirrors">The same for static pods.</param>
    /// <param name="now">Pods that should have ended by now do not count.</param>
    /// <returns>The shares; null for a node that does not say how much CPU and memory it has.</returns>
    public static Utilization? Of(NodeInfo node, bool skipDaemons, bool skipMirrors, DateTimeOffset now)
    {
        if (HasGpu(node.Node!))
        {
            // A GPU that is not ready counts as unused, so that such a node can go.
            var gpu = Share(node, GpuResource, skipDaemons, skipMirrors, now) ?? 0;
            return new Utilization(0, 0, gpu, GpuResource, gpu);
        }

        if (Share(node, "cpu", skipDaemons, skipMirrors, now) is not { } cpu || Share(node, "memory", skipDaemons, skipMirrors, now) is not { } memory)
        {
            return null;
        }

        return cpu > memory ? new Utilization(cpu, memory, 0, "cpu", cpu) : new Utilization(cpu, memory, 0, "memory", memory);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{{{Cpu:0.######} {Memory:0.######} {Gpu:0.######} 0 {Resource} {Value:0.######}}}");

    private static double? Share(NodeInfo node, string resource, bool skipDaemons, bool skipMirrors, DateTimeOffset now)
    {
        if (node.Node!.Status.Allocatable[resource] is not { } allocatable || allocatable.MilliValue == 0)
        {
            return null;
        }

        var scale = resource == "cpu" ? 1L : 1000L;
        var (requested, apart) = (0L, 0L);
        foreach (var pod in node.Pods)
        {
            var amount = pod.Demand.Requests.Of(resource) * scale;
            if ((skipDaemons && PodTraits.IsDaemon(pod.Pod)) || (skipMirrors && PodTraits.IsMirror(pod.Pod)))
            {
                apart += amount;
            }
            else if (!PodTraits.IsLongTerminating(pod.Pod, now))
            {
                requested += amount;
            }
        }

        return requested / (double)(allocatable.MilliValue - apart);
    }
}
