using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Machines;

/// <summary>Machines that are alike; the unit in which clusters grow and shrink.</summary>
/// <seealso href="https://cloud.google.com/kubernetes-engine/docs/concepts/node-pools">GKE: node pools</seealso>
public sealed class NodePool
{
    private readonly CloudProvider cloud;
    private readonly List<Machine> machines = [];

    internal NodePool(CloudProvider cloud, NodePoolOptions options, MachineType type)
    {
        this.cloud = cloud;
        Options = options;
        MachineType = type;
        Zones = options.Zones.Count == 0 ? [cloud.Zones[0]] : options.Zones;
        Price = cloud.Prices.Machine(type.Name, options.Spot).ToUnitPrice();
        DiskPrice = (options.DiskType ?? cloud.Prices.Machines.DefaultDisk) is { } disk ? cloud.Prices.Disk(disk) : null;
        Allocatable = Allocatable.For(type, options.MaxPodsPerNode);
        Taints = type.Gpus > 0 ? [new("nvidia.com/gpu", "present", "NoSchedule"), .. options.Taints] : options.Taints;
    }

    /// <summary>Whether it is no pool at all, but a machine that was rented alone: see <see cref="CloudProvider.RentMachine"/>.</summary>
    public bool IsStandalone { get; internal init; }

    /// <summary>Its name.</summary>
    public string Name => Options.Name;

    /// <summary>What was asked for.</summary>
    public NodePoolOptions Options { get; }

    /// <summary>The type of its machines.</summary>
    public MachineType MachineType { get; }

    /// <summary>The zones its machines are spread over.</summary>
    public IReadOnlyList<string> Zones { get; }

    /// <summary>What one machine costs per hour.</summary>
    public UnitPrice Price { get; }

    /// <summary>What one GiB of boot disk costs; null when the provider has no default disk and none was asked for.</summary>
    public UnitPrice? DiskPrice { get; }

    /// <summary>What pods may request on each machine.</summary>
    public Allocatable Allocatable { get; }

    /// <summary>The taints that its nodes carry from the start.</summary>
    public IReadOnlyList<MachineTaint> Taints { get; }

    /// <summary>Its machines, oldest first, those still being provisioned included.</summary>
    public IReadOnlyList<Machine> Machines => machines;

    /// <summary>How many machines it has or waits for.</summary>
    public int Size => machines.Count;

    /// <summary>Where the next machine would stand.</summary>
    public string NextZone => EmptiestZone();

    /// <summary>The labels that the cloud sets on nodes of this pool in <paramref name="zone"/>, by key in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> NodeLabels(string zone)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["node.kubernetes.io/instance-type"] = MachineType.Name,
            ["topology.kubernetes.io/region"] = cloud.Prices.Region,
            ["topology.kubernetes.io/zone"] = zone,
        };
        if (cloud.Prices.Machines.PoolLabel is { } poolLabel && !IsStandalone)
        {
            labels[poolLabel] = Name;
        }

        if (Options.Spot)
        {
            labels["cloud.google.com/gke-spot"] = "true";
        }

        if (MachineType.GpuModel is { } gpu)
        {
            labels["cloud.google.com/gke-accelerator"] = gpu;
        }

        foreach (var (key, value) in Options.Labels)
        {
            labels[key] = value;
        }

        return labels;
    }

    /// <summary>Asks for <paramref name="size"/> machines: more appear after their provisioning time; fewer means that the newest go
    /// first, now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative or above the pool's maximum.</exception>
    /// <exception cref="QuotaExceededException">The account may not have so many CPUs; nothing was changed.</exception>
    public void Resize(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (size > Options.Max)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, $"node pool {Name} has at most {Options.Max} nodes");
        }

        cloud.RequireQuota((size - Size) * MachineType.Vcpus);
        while (Size > size)
        {
            cloud.Delete(machines[^1].Name);
        }

        while (Size < size)
        {
            machines.Add(cloud.CreateMachine(this, EmptiestZone()));
        }
    }

    internal void Add(Machine machine) => machines.Add(machine);

    internal void Remove(Machine machine) => machines.Remove(machine);

    private string EmptiestZone() => Zones.Count == 1 ? Zones[0] : Zones.MinBy(zone => machines.Count(m => m.Zone == zone))!;
}
