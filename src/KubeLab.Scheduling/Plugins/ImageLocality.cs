using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Prefers nodes that have the pod's images already, large ones above all.</summary>
/// <remarks>An image counts more the more nodes have it, so that a single node does not attract all pods. Upstream: scheduler/framework/plugins/imagelocality.</remarks>
public sealed class ImageLocality(PluginContext context) : IScorePlugin, INodeGrouping
{
    private const long Mb = 1024 * 1024;
    private const long LeastBytes = 23 * Mb;
    private const long MostBytesPerContainer = 1000 * Mb;

    /// <inheritdoc/>
    public string Name => "ImageLocality";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.None;

    /// <inheritdoc/>
    public bool IsNodeLocal => true;

    /// <inheritdoc/>
    public Verdict PreScore(CycleState state, PodInfo pod, Candidates nodes) => Verdict.Success;

    /// <inheritdoc/>
    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (node.Node!.Status.Images.IsEmpty)
        {
            return 0;
        }

        var spec = pod.Demand.Spec;
        long sum = 0;
        foreach (var container in spec.InitContainers)
        {
            sum += Worth(container.Image, node);
        }

        foreach (var container in spec.Containers)
        {
            sum += Worth(container.Image, node);
        }

        return ScoreOf(sum, spec.InitContainers.Count + spec.Containers.Count);
    }

    /// <inheritdoc/>
    public bool Normalize(Span<long> scores) => false;

    /// <inheritdoc/>
    public object? GroupingOf(PodInfo pod)
    {
        var known = pod.Shape.Recall<Spread>(this);
        if (known is not null && known.Version == context.Cache.Images.Version && known.Nodes == context.Cache.Nodes.Count)
        {
            return known.HasAny ? known : null;
        }

        var now = new Spread(pod, context);
        if (known is not null && known.Says(now))
        {
            known.Version = now.Version;
            known.Nodes = now.Nodes;
            return known.HasAny ? known : null;
        }

        pod.Shape.Remember(this, now);
        return now.HasAny ? now : null;
    }

    /// <inheritdoc/>
    public void Group(PodInfo pod, NodeInfo node, ref NodeGroupKey key)
    {
        // The score is in the node's own; only a change of the images of other nodes calls for new groups.
    }

    /// <summary>0 below 23 MB, 100 from 1,000 MB for each container on, and straight between.</summary>
    public static long ScoreOf(long bytes, int containers)
    {
        var most = MostBytesPerContainer * containers;
        return 100 * (Math.Clamp(bytes, LeastBytes, most) - LeastBytes) / (most - LeastBytes);
    }

    /// <summary>An image's name with the tag that is meant when none is written.</summary>
    public static string Normalized(string name) => name.LastIndexOf(':') <= name.LastIndexOf('/') ? name + ":latest" : name;

    private long Worth(string? image, NodeInfo node)
    {
        if (string.IsNullOrEmpty(image))
        {
            return 0;
        }

        var name = Normalized(image);
        foreach (var present in node.Node!.Status.Images)
        {
            foreach (var known in present.Names)
            {
                if (known == name)
                {
                    return (long)(present.SizeBytes * ((double)context.Cache.Images.NodesWith(name) / context.Cache.Nodes.Count));
                }
            }
        }

        return 0;
    }

    /// <summary>How many nodes have the images of a pod.</summary>
    private sealed class Spread
    {
        private readonly int[] nodesWith;

        public Spread(PodInfo pod, PluginContext context)
        {
            var spec = pod.Demand.Spec;
            nodesWith =
            [
                .. spec.InitContainers.Concat(spec.Containers)
                    .Select(c => string.IsNullOrEmpty(c.Image) ? 0 : context.Cache.Images.NodesWith(Normalized(c.Image))),
            ];
            Version = context.Cache.Images.Version;
            Nodes = context.Cache.Nodes.Count;
        }

        public long Version { get; set; }

        public int Nodes { get; set; }

        public bool HasAny => nodesWith.Any(n => n > 0);

        public bool Says(Spread other) => nodesWith.AsSpan().SequenceEqual(other.nodesWith) && (Nodes == other.Nodes || !HasAny);
    }
}
