using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.ScaleDown;
using KubeLab.Autoscaling.Nodes.State;
using KubeLab.Autoscaling.Simulating;

namespace KubeLab.Autoscaling.Nodes.ScaleUp;

/// <summary>What a new node of each group would be: like one that the group has, or else as the provider describes it.</summary>
/// <remarks>Upstream: processors/nodeinfosprovider/mixed_nodeinfos_processor.go.</remarks>
/// <param name="snapshot">The cluster.</param>
/// <param name="cloud">The provider.</param>
/// <param name="daemons">All daemon sets.</param>
public sealed class NodeTemplates(ClusterSnapshot snapshot, ICloudNodeGroups cloud, Func<IEnumerable<DaemonSet>> daemons)
{
    /// <summary>How old a node must be to be an example: by then its daemons are there.</summary>
    public static readonly TimeSpan StabilizationDelay = TimeSpan.FromMinutes(1);

    private static readonly string[] DaemonTolerated = ["not-ready", "unreachable", "disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"];
    private readonly Dictionary<string, NodeTemplate> seen = new(StringComparer.Ordinal);
    private Dictionary<string, NodeTemplate> current = new(StringComparer.Ordinal);

    /// <summary>Looks at the nodes anew when next asked.</summary>
    public void Refresh(DateTimeOffset now)
    {
        current = new(StringComparer.Ordinal);
        foreach (var info in snapshot.Nodes)
        {
            if (cloud.GroupOf(info.Node!) is { } group && !current.ContainsKey(group.Id) && NodeReadiness.IsReadyAndSchedulable(info.Node!)
                && !AutoscalerTaints.IsToBeDeleted(info.Node!) && info.Node!.Metadata.CreationTimestamp?.Instant + StabilizationDelay < now)
            {
                var pods = info.Pods.Select(p => p.Pod).Where(p => PodTraits.IsMirror(p) || (PodTraits.IsDaemon(p) && p.Metadata.DeletionTimestamp is null)).ToList();
                seen[group.Id] = current[group.Id] = new NodeTemplate(Sanitized(info.Node!), pods).Named(NameOf(group));
            }
        }
    }

    /// <summary>What a new node of a group would be.</summary>
    public NodeTemplate Of(INodeGroup group)
    {
        if (!current.TryGetValue(group.Id, out var template))
        {
            current.Add(group.Id, template = seen.GetValueOrDefault(group.Id) ?? FromProvider(group));
        }

        return template;
    }

    private static string NameOf(INodeGroup group) => $"template-node-for-{group.Id}";

    private NodeTemplate FromProvider(INodeGroup group)
    {
        var node = Sanitized(group.TemplateNode(NameOf(group)));
        var pods = snapshot.Trying(() =>
        {
            var info = snapshot.AddNode(node);
            return daemons().Select(DaemonPod).Where(p => snapshot.Try(p).Ask(info) is { Verdict.IsSuccess: true } or { Plugin: "NodeResourcesFit" }).ToList();
        });
        return new NodeTemplate(node, pods).Named(NameOf(group));
    }

    private static Pod DaemonPod(DaemonSet set)
    {
        var spec = set.Spec.Template.Spec;
        var tolerations = spec.Tolerations;
        foreach (var word in DaemonTolerated)
        {
            tolerations = tolerations.Add(new Toleration { Key = $"node.kubernetes.io/{word}", Operator = "Exists" });
        }

        return new Pod
        {
            Metadata = new()
            {
                Name = set.Metadata.Name,
                Namespace = set.Metadata.Namespace,
                Labels = set.Spec.Template.Metadata.Labels,
                OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "DaemonSet", Name = set.Metadata.Name!, Uid = set.Metadata.Uid ?? "", Controller = true }],
            },
            Spec = spec with { Tolerations = tolerations },
        };
    }

    /// <summary>A new node has neither the troubles of the one that it is made after nor the autoscaler's own marks.</summary>
    private static Node Sanitized(Node node)
    {
        var taints = node.Spec.Taints.Where(static t => !AutoscalerTaints.IsOwn(t) && !IsPassing(t.Key));
        return node with
        {
            Metadata = new() { Name = node.Metadata.Name, Labels = node.Metadata.Labels, CreationTimestamp = node.Metadata.CreationTimestamp },
            Spec = node.Spec with { Taints = taints, Unschedulable = false, ProviderID = null },
        };
    }

    private static bool IsPassing(string key) => key is
        "node.kubernetes.io/not-ready" or "node.kubernetes.io/unreachable" or "node.kubernetes.io/unschedulable" or "node.kubernetes.io/memory-pressure" or "node.kubernetes.io/disk-pressure"
        or "node.kubernetes.io/network-unavailable" or "node.kubernetes.io/pid-pressure" or "node.cloudprovider.kubernetes.io/uninitialized" or "node.cloudprovider.kubernetes.io/shutdown"
        || key.StartsWith("startup-taint.cluster-autoscaler.kubernetes.io/", StringComparison.Ordinal)
        || key.StartsWith("ignore-taint.cluster-autoscaler.kubernetes.io/", StringComparison.Ordinal);
}
