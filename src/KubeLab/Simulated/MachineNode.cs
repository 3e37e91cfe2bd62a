using System.Globalization;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Storage;
using KubeLab.Controllers.CloudNodes;
using KubeLab.Nodes;
using KubeLab.Nodes.Shutdown;

namespace KubeLab.Simulated;

/// <summary>What a rented machine tells its kubelet: its size, what is reserved, its place and its addresses.</summary>
/// <remarks>Its type, zone and name at the provider it does not know, as a kubelet with an external cloud provider: these come from the cloud controller manager.</remarks>
internal static class MachineNode
{
    private static readonly string[] FromTheCloud = ["node.kubernetes.io/instance-type", "topology.kubernetes.io/region", "topology.kubernetes.io/zone"];

    // GKE's: of the 30 seconds before a Spot machine goes, 15 for ordinary pods and 15 for the system's.
    private static readonly ValueList<ShutdownGracePeriod> Shutdown = ShutdownGracePeriod.Of(CloudProvider.PreemptionNotice, CloudProvider.PreemptionNotice / 2).ToValueList();

    /// <summary>How the kubelet of <paramref name="machine"/> is set up.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="podRange">The addresses of its pods.</param>
    /// <param name="storage">The disks that it can have, or null.</param>
    public static NodeConfig ConfigOf(Machine machine, string podRange, StorageOffer? storage)
    {
        var allocatable = machine.Pool.Allocatable;
        var disk = (long)machine.Pool.Options.DiskGib << 30;
        return new NodeConfig
        {
            Name = machine.Name,
            Capacity = Resources(machine.Type.Vcpus * 1000L, machine.Type.MemoryBytes, disk, allocatable.Pods, machine.Type.Gpus),
            Allocatable = Resources(
                allocatable.CpuMillis, allocatable.MemoryBytes, Cloud.Machines.Allocatable.EphemeralStorageBytes(machine.Pool.Options.DiskGib), allocatable.Pods, machine.Type.Gpus),
            PodCIDR = podRange,
            InternalIP = machine.InternalIp,
            Labels = StringMap.From(machine.NodeLabels.Where(l => !FromTheCloud.Contains(l.Key))),
            Taints = TaintsOf(machine.Pool).Add(new Taint { Key = NodeInitialization.Uninitialized, Value = "true", Effect = "NoSchedule" }),
            PreloadedImages = [.. machine.Pool.Options.PreloadedImages],
            Speed = machine.Type.Speed,
            OsImage = "Container-Optimized OS from Google",
            ShutdownGracePeriods = Shutdown,
            StorageDrivers = storage is null ? default : [DriverOf(machine, storage)],
        };
    }

    private static CSINodeDriver DriverOf(Machine machine, StorageOffer storage) => new()
    {
        Name = storage.Driver,
        NodeID = $"projects/lab/zones/{machine.Zone}/instances/{machine.Name}",
        TopologyKeys = [storage.ZoneLabel],
        Allocatable = new OpaqueObject().With("count", JsonElement.Parse(storage.DisksPerMachine.ToString(CultureInfo.InvariantCulture))),
    };

    /// <summary>A node as the next machine of a pool would be.</summary>
    public static Node NodeOf(NodePool pool, string name)
    {
        var (allocatable, type) = (pool.Allocatable, pool.MachineType);
        var labels = new Dictionary<string, string>(pool.NodeLabels(pool.NextZone))
        {
            ["kubernetes.io/hostname"] = name,
            ["kubernetes.io/os"] = "linux",
            ["kubernetes.io/arch"] = "amd64",
        };
        return new Node
        {
            Metadata = new() { Name = name, Labels = StringMap.From(labels) },
            Spec = new() { Taints = TaintsOf(pool) },
            Status = new()
            {
                Capacity = Resources(type.Vcpus * 1000L, type.MemoryBytes, (long)pool.Options.DiskGib << 30, allocatable.Pods, type.Gpus),
                Allocatable = Resources(
                    allocatable.CpuMillis, allocatable.MemoryBytes, Cloud.Machines.Allocatable.EphemeralStorageBytes(pool.Options.DiskGib), allocatable.Pods, type.Gpus),
            },
        };
    }

    /// <summary>What a machine of this type has, and what of it pods may request.</summary>
    public static (ResourceList Capacity, ResourceList Allocatable) SizeOf(MachineType type, int diskGib, int pods = Cloud.Machines.Allocatable.DefaultPods)
    {
        var allocatable = Cloud.Machines.Allocatable.For(type, pods);
        return (
            Resources(type.CpuMillis, type.MemoryBytes, (long)diskGib << 30, pods, type.Gpus),
            Resources(allocatable.CpuMillis, allocatable.MemoryBytes, Cloud.Machines.Allocatable.EphemeralStorageBytes(diskGib), pods, type.Gpus));
    }

    private static ValueList<Taint> TaintsOf(NodePool pool) =>
        pool.Taints.Select(t => new Taint { Key = t.Key, Value = t.Value.Length == 0 ? null : t.Value, Effect = t.Effect }).ToValueList();

    private static ResourceList Resources(long cpuMillis, long memoryBytes, long diskBytes, int pods, int gpus)
    {
        var list = ResourceList.Of(
            ("cpu", Quantity.FromMilli(cpuMillis)),
            ("memory", Quantity.FromBytes(memoryBytes & ~1023L)),
            ("ephemeral-storage", Quantity.FromBytes(diskBytes)),
            ("pods", Quantity.FromValue(pods)));
        return gpus == 0 ? list : list.With("nvidia.com/gpu", Quantity.FromValue(gpus));
    }
}
