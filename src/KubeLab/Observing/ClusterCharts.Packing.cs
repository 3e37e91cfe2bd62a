using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Charts;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Observing;

/// <content>How nodes are packed.</content>
public sealed partial class ClusterCharts
{
    /// <summary>How full each node was over time: a row for each node, hatched more densely the more was requested, with a line for what was used.</summary>
    /// <param name="resource"><c>cpu</c> or <c>memory</c>.</param>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    /// <exception cref="ArgumentException">It is another resource, or there is no node.</exception>
    public Figure PackingOverTime(string resource = "cpu", TimeSpan? from = null)
    {
        var isCpu = IsCpu(resource);
        var frame = Frame(from);
        return PackingMapChart.Of(isCpu ? "CPU" : "memory", node => isCpu ? node.Cpu : node.Memory, recorder.ResourcesPerNode, frame);
    }

    /// <summary>Pods in nodes now, everything as large as it is: nodes by what is allocatable, pods by what they request, and filled by what they use.</summary>
    /// <param name="resource"><c>cpu</c> or <c>memory</c>.</param>
    /// <exception cref="ArgumentException">It is another resource, or there is no node.</exception>
    public Figure Treemap(string resource = "cpu")
    {
        var isCpu = IsCpu(resource);
        var frame = Frame(null);
        var pods = api.List<Pod>().Where(p => p.Spec.NodeName is not null && p.Status.Phase is not ("Succeeded" or "Failed")).ToLookup(p => p.Spec.NodeName!, StringComparer.Ordinal);
        return TreemapChart.Of(isCpu ? "CPU" : "memory", isCpu ? "cores" : "bytes", [.. api.List<Node>().Select(n => TileOf(n, [.. pods[n.Metadata.Name!]], isCpu))], frame);
    }

    private NodeTile TileOf(Node node, IReadOnlyList<Pod> pods, bool isCpu)
    {
        var usage = recorder.UsageNow(node.Metadata.Name!);
        var used = usage?.Pods.ToDictionary(p => p.Pod, p => isCpu ? p.CpuMillis / 1000.0 : p.MemoryBytes);
        return new NodeTile(
            node.Metadata.Name!,
            Amount(ResourceVector.From(node.Status.Allocatable)),
            [
                .. pods.Select(p => new PodTile(
                    p.Metadata.Name!,
                    WorkloadRecords.KeyOf(p)?.Name ?? p.Metadata.Name!,
                    Amount(PodRequests.Of(p.Spec)),
                    used is null ? null : used.GetValueOrDefault(Api.ObjectKey.Of(p)))),
            ]);

        double Amount(ResourceVector resources) => isCpu ? resources.MilliCpu / 1000.0 : resources.MemoryBytes;
    }

    private static bool IsCpu(string resource) => resource switch
    {
        "cpu" => true,
        "memory" => false,
        _ => throw new ArgumentException($"\"{resource}\" is not recorded: it must be cpu or memory", nameof(resource)),
    };
}
