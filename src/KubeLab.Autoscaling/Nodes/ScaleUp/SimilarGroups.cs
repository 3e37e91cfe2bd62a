using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Provider;

namespace KubeLab.Autoscaling.Nodes.ScaleUp;

/// <summary>Groups whose nodes are the same but for their zone, and how new nodes are spread over such.</summary>
/// <remarks>Upstream: processors/nodegroupset.</remarks>
public static class SimilarGroups
{
    private const double MemoryTolerance = 0.015;
    private const double Tolerance = 0.05;

    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "kubernetes.io/hostname", "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
        "beta.kubernetes.io/fluentd-ds-ready", "kops.k8s.io/instancegroup", "topology.ebs.csi.aws.com/zone", "topology.gke.io/zone", "topology.disk.csi.azure.com/zone",
        "cloud.google.com/gke-nodepool", "cloud.google.com/gke-boot-disk", "alpha.eksctl.io/nodegroup-name", "eks.amazonaws.com/nodegroup", "agentpool", "kubernetes.azure.com/agentpool",
    };

    /// <summary>Whether nodes of two groups are alike: the same capacity, memory within 1.5 %, allocatable and what daemons leave free within 5 %, the same labels but for place and group.</summary>
    public static bool AreSimilar(NodeTemplate one, NodeTemplate other, IReadOnlyList<string> ignoredLabels)
    {
        var (a, b) = (one.Node, other.Node);
        return a.Status.Capacity.Count == b.Status.Capacity.Count
            && All(a.Status.Capacity, (name, amount) => b.Status.Capacity[name] is { } its && (name == "memory" ? Within(amount.MilliValue, its.MilliValue, MemoryTolerance) : amount == its))
            && a.Status.Allocatable.Count == b.Status.Allocatable.Count
            && All(a.Status.Allocatable, (name, amount) => b.Status.Allocatable[name] is { } its && Within(amount.MilliValue, its.MilliValue, Tolerance))
            && All(a.Status.Allocatable, (name, amount) => Within(amount.MilliValue - Requested(one, name), b.Status.Allocatable[name]!.Value.MilliValue - Requested(other, name), Tolerance))
            && Labels(a, ignoredLabels) == Labels(b, ignoredLabels);
    }

    /// <summary>Spreads new nodes so that the groups become as equal in size as their bounds allow; groups that get none are left out.</summary>
    public static IReadOnlyList<ScaleUpInfo> Balance(IEnumerable<INodeGroup> groups, int newNodes)
    {
        var infos = groups.Where(g => g.TargetSize < g.MaxSize).Select(g => new ScaleUpInfo(g, g.TargetSize, g.TargetSize)).OrderBy(i => i.CurrentSize).ToArray();
        var left = Math.Min(newNodes, infos.Sum(i => i.Group.MaxSize - i.CurrentSize));
        while (left-- > 0)
        {
            // The smallest one that may still grow; the first of equals.
            var at = -1;
            for (var i = 0; i < infos.Length; i++)
            {
                if (infos[i].NewSize < infos[i].Group.MaxSize && (at < 0 || infos[i].NewSize < infos[at].NewSize))
                {
                    at = i;
                }
            }

            infos[at] = infos[at] with { NewSize = infos[at].NewSize + 1 };
        }

        return [.. infos.Where(i => i.NewSize > i.CurrentSize)];
    }

    private static bool All(Api.ResourceList list, Func<string, Api.Quantity, bool> holds)
    {
        foreach (var (name, amount) in list)
        {
            if (!holds(name, amount))
            {
                return false;
            }
        }

        return true;
    }

    private static long Requested(NodeTemplate template, string resource)
    {
        var sum = 0L;
        foreach (var pod in template.Pods)
        {
            foreach (var container in pod.Spec.Containers)
            {
                sum += container.Resources.Requests[resource]?.MilliValue ?? 0;
            }
        }

        return resource == "pods" ? template.Pods.Count * 1000L : sum;
    }

    private static bool Within(long one, long other, double ratio) => Math.Abs(one - other) <= Math.Max(one, other) * ratio;

    private static Api.StringMap Labels(Node node, IReadOnlyList<string> ignored)
    {
        var labels = node.Metadata.Labels;
        foreach (var (key, _) in node.Metadata.Labels)
        {
            labels = Ignored.Contains(key) || ignored.Contains(key) ? labels.Without(key) : labels;
        }

        return labels;
    }
}

/// <summary>How a group is to grow.</summary>
/// <param name="Group">The group.</param>
/// <param name="CurrentSize">Its size before.</param>
/// <param name="NewSize">Its size afterwards.</param>
public sealed record ScaleUpInfo(INodeGroup Group, int CurrentSize, int NewSize)
{
    /// <summary>As events say it: <c>{workers 1-&gt;3 (max: 10)}</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{{{Group.Id} {CurrentSize}->{NewSize} (max: {Group.MaxSize})}}");
}
