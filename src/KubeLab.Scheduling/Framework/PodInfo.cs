using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Framework;

/// <summary>A pod with what the scheduler computes from it once.</summary>
public sealed class PodInfo(Pod pod, PodDemand demand)
{
    private PodShape? shape;

    /// <summary>The pod; replaced when a newer version comes.</summary>
    public Pod Pod
    {
        get;
        internal set
        {
            field = value;
            shape = null;
        }
    }

        = pod;

    /// <summary>What it asks for; shared by all pods of one template.</summary>
    public PodDemand Demand { get; } = demand;

    /// <summary>Its name and namespace.</summary>
    public ObjectKey Key { get; } = ObjectKey.Of(pod);

    /// <summary>Its importance; 0 when it names none.</summary>
    public int Priority => Pod.Spec.Priority ?? 0;

    /// <summary>What it has in common with all pods that the scheduler cannot tell from it.</summary>
    internal PodShape Shape => shape ??= Demand.ShapeOf(Pod);
}

/// <summary>What all pods with the same spec ask of a node.</summary>
public sealed class PodDemand
{
    private const int ShapesMax = 64;
    private readonly Dictionary<(string, StringMap, string), PodShape> shapes = [];

    /// <summary>Computes it from <paramref name="spec"/>.</summary>
    public PodDemand(PodSpec spec)
    {
        Spec = spec;
        Requests = PodRequests.Of(spec);
        NonZeroRequests = PodRequests.NonZeroOf(spec);
        HostPorts = Ports(spec);
        Terms = PodTerms.Of(spec);
        Claims = PodClaims.Of(spec);
    }

    /// <summary>The spec it was computed from.</summary>
    public PodSpec Spec { get; }

    /// <summary>What filters count.</summary>
    public ResourceVector Requests { get; }

    /// <summary>What scores count.</summary>
    public ResourceVector NonZeroRequests { get; }

    /// <summary>The node ports it needs.</summary>
    public IReadOnlyList<ContainerPort> HostPorts { get; }

    /// <summary>What it says of its neighbours.</summary>
    public PodTerms Terms { get; }

    /// <summary>The claims it mounts.</summary>
    public PodClaims Claims { get; }

    internal PodShape ShapeOf(Pod pod)
    {
        var owner = pod.Metadata.OwnerReferences.Find(static o => o.Controller == true)?.Uid ?? "";
        var key = (pod.Metadata.Namespace ?? "", pod.Metadata.Labels, owner);
        if (!shapes.TryGetValue(key, out var shape))
        {
            if (shapes.Count >= ShapesMax)
            {
                shapes.Clear();
            }

            shapes.Add(key, shape = new PodShape());
        }

        return shape;
    }

    private static List<ContainerPort> Ports(PodSpec spec)
    {
        // Upstream counts the ports of sidecars too: they hold them as long as the pod lives.
        var ports = new List<ContainerPort>();
        foreach (var container in spec.Containers)
        {
            Add(container);
        }

        foreach (var init in spec.InitContainers)
        {
            if (init.RestartPolicy == "Always")
            {
                Add(init);
            }
        }

        return ports;

        void Add(Container container)
        {
            foreach (var port in container.Ports)
            {
                if (port.HostPort is > 0)
                {
                    ports.Add(port);
                }
            }
        }
    }
}

/// <summary>Stands for all pods of one spec, namespace, labels and owner; plugins keep here what they computed for one and may use for the next.</summary>
internal sealed class PodShape
{
    private readonly List<(object Owner, object Value)> memos = [];

    /// <summary>How many pods of this shape were looked at.</summary>
    public int Looks { get; set; }

    public T? Recall<T>(object owner)
        where T : class
    {
        foreach (var (who, value) in memos)
        {
            if (ReferenceEquals(who, owner))
            {
                return value as T;
            }
        }

        return null;
    }

    public void Remember(object owner, object value)
    {
        memos.RemoveAll(m => ReferenceEquals(m.Owner, owner));
        memos.Add((owner, value));
    }
}
