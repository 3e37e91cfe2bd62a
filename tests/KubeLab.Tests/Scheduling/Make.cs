using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Cache;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Tests.Scheduling;

/// <summary>Pods and nodes in one line.</summary>
internal static class Make
{
    public static Container Container(string name, string? cpu = null, string? memory = null, string? restartPolicy = null)
    {
        var requests = default(ResourceList);
        requests = cpu is null ? requests : requests.With("cpu", Quantity.Parse(cpu));
        requests = memory is null ? requests : requests.With("memory", Quantity.Parse(memory));
        return new Container { Name = name, Image = "app:1", RestartPolicy = restartPolicy, Resources = new() { Requests = requests } };
    }

    public static Pod Pod(string name, string? cpu = null, string? memory = null, string? priorityClass = null) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = $"uid-{name}" },
        Spec = new() { Containers = [Container("c", cpu, memory)], PriorityClassName = priorityClass },
    };

    public static Pod Labelled(string name, params ReadOnlySpan<(string Key, string Value)> labels)
    {
        var pod = Pod(name);
        return pod with { Metadata = pod.Metadata with { Labels = StringMap.Of(labels) } };
    }

    public static Node Node(string name, string cpu = "4", string memory = "16Gi", int pods = 110) => new()
    {
        Metadata = new() { Name = name },
        Status = new()
        {
            Allocatable = ResourceList.Of(
                ("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory)), ("pods", Quantity.FromValue(pods, QuantityFormat.DecimalSI))),
        },
    };

    public static Node In(this Node node, params ReadOnlySpan<(string Key, string Value)> labels) =>
        node with { Metadata = node.Metadata with { Labels = StringMap.Of(labels) } };

    public static Pod On(this Pod pod, string node) => pod with { Spec = pod.Spec with { NodeName = node } };

    public static PodInfo Info(Pod pod) => new SchedulerCache().InfoOf(pod);

    public static NodeInfo Info(Node node, params Pod[] pods)
    {
        var cache = new SchedulerCache();
        cache.Set(node);
        foreach (var pod in pods)
        {
            cache.SetPod(pod with { Spec = pod.Spec with { NodeName = node.Metadata.Name } });
        }

        return cache.Find(node.Metadata.Name!)!;
    }
}
