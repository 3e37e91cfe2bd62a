using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Tests.Autoscaling.Nodes;

/// <summary>A provider that exists on paper: groups whose instances the test names.</summary>
internal sealed class PaperCloud : ICloudNodeGroups
{
    private readonly List<PaperGroup> groups = [];

    public IReadOnlyList<INodeGroup> Groups => groups;

    public long Version => 0;

    public PaperGroup Add(string id, int min, int max, int size, Node? template = null, double price = 1)
    {
        var group = new PaperGroup(id, min, max, template ?? Scheduling.Make.Node(id)) { TargetSize = size, Price = price };
        groups.Add(group);
        return group;
    }

    public INodeGroup? GroupOf(Node node) => groups.Find(g => node.Spec.ProviderID?.StartsWith($"paper://{g.Id}/", StringComparison.Ordinal) == true);

    public bool HasInstance(Node node) => GroupOf(node)?.Instances.Any(i => i.Id == node.Spec.ProviderID) ?? true;

    public double NodePricePerHour(INodeGroup group, Node node) => ((PaperGroup)group).Price;

    public double PodPricePerHour(Pod pod) => (PodRequests.Of(pod.Spec).MilliCpu / 1000.0 * 0.03) + (PodRequests.Of(pod.Spec).MemoryBytes / (double)(1L << 30) * 0.004);
}

internal sealed class PaperGroup(string id, int min, int max, Node template) : INodeGroup
{
    public string Id => id;

    public int MinSize => min;

    public int MaxSize => max;

    public int TargetSize { get; set; }

    public double Price { get; init; }

    public List<Instance> Machines { get; } = [];

    public IReadOnlyList<Instance> Instances => Machines;

    public Node TemplateNode(string name) => template with { Metadata = template.Metadata with { Name = name }, Status = template.Status with { Capacity = template.Status.Allocatable } };

    public void IncreaseSize(int delta) => TargetSize += delta;

    public void DecreaseTarget(int delta) => TargetSize -= delta;

    public void DeleteInstances(IReadOnlyList<string> instances) => TargetSize -= Machines.RemoveAll(i => instances.Contains(i.Id));

    /// <summary>A machine of the group, and the node that it has, ready or not.</summary>
    public Node Node(string name, bool ready = true, DateTimeOffset? created = null)
    {
        Machines.Add(new Instance($"paper://{id}/{name}", name, InstanceState.Running));
        var node = Scheduling.Make.Node(name);
        return node with
        {
            Metadata = node.Metadata with { CreationTimestamp = created ?? DateTimeOffset.UnixEpoch, Labels = StringMap.Of(("kubernetes.io/hostname", name)) },
            Spec = new() { ProviderID = $"paper://{id}/{name}" },
            Status = node.Status with { Capacity = node.Status.Allocatable, Conditions = [new Condition { Type = "Ready", Status = ready ? "True" : "False" }] },
        };
    }
}
