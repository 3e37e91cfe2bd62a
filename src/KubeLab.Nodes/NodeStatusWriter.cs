using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Simulation;

namespace KubeLab.Nodes;

/// <summary>Writes the node object and its status, with upstream's reasons and messages.</summary>
internal sealed class NodeStatusWriter(NodeConfig config, Randomness chance)
{
    private static readonly (string Type, string Status, string Reason, string Message)[] Healthy =
    [
        ("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
        ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
    ];

    private static readonly (string Type, string Status, string Reason, string Message)[] Pressed =
    [
        ("MemoryPressure", "True", "KubeletHasInsufficientMemory", "kubelet has insufficient memory available"),
        ("DiskPressure", "True", "KubeletHasDiskPressure", "kubelet has disk pressure"),
    ];

    private readonly NodeSystemInfo info = new()
    {
        MachineID = chance.For("machine").NextUid().ToString("N"),
        SystemUUID = chance.For("system").NextUid().ToString(),
        BootID = chance.For("boot").NextUid().ToString(),
        KernelVersion = config.KernelVersion,
        OsImage = config.OsImage,
        ContainerRuntimeVersion = config.ContainerRuntimeVersion,
        KubeletVersion = config.KubeletVersion,
        OperatingSystem = "linux",
        Architecture = config.Architecture,
    };

    /// <summary>The node as it registers itself.</summary>
    public Node NewNode() => new()
    {
        Metadata = new ObjectMeta
        {
            Name = config.Name,
            Labels = config.Labels
                .With("kubernetes.io/hostname", config.Name)
                .With("kubernetes.io/os", "linux")
                .With("kubernetes.io/arch", config.Architecture)
                .With("beta.kubernetes.io/os", "linux")
                .With("beta.kubernetes.io/arch", config.Architecture),
            Annotations = config.Annotations,
        },
        Spec = new NodeSpec
        {
            PodCIDR = config.PodCIDR,
            PodCIDRs = [config.PodCIDR],
            ProviderID = config.ProviderID,
            Taints = config.Taints,
        },
    };

    /// <summary>The status now; conditions that others own stay, and those that hold on keep their time.</summary>
    public NodeStatus Write(NodeStatus old, DateTimeOffset now, ValueList<ContainerImage> images, IReadOnlyList<string> pressures, string? notReady = null)
    {
        var conditions = old.Conditions.Where(c => Array.FindIndex(Healthy, h => h.Type == c.Type) < 0).ToList();
        foreach (var healthy in Healthy)
        {
            var (type, status, reason, message) = pressures.Contains(healthy.Type) ? Array.Find(Pressed, p => p.Type == healthy.Type)
                : notReady is not null && healthy.Type == "Ready" ? ("Ready", "False", "KubeletNotReady", notReady)
                : healthy;
            var before = old.Conditions.Find(c => c.Type == type);
            conditions.Add(new Condition
            {
                Type = type,
                Status = status,
                LastHeartbeatTime = now,
                LastTransitionTime = before?.Status == status ? before.LastTransitionTime : now,
                Reason = reason,
                Message = message,
            });
        }

        return old with
        {
            Capacity = config.Capacity,
            Allocatable = config.EffectiveAllocatable,
            Conditions = conditions.ToValueList(),
            Addresses = Addresses(),
            DaemonEndpoints = old.DaemonEndpoints ?? Endpoints(),
            NodeInfo = info,
            Images = images,
        };
    }

    private ValueList<NodeAddress> Addresses()
    {
        var addresses = new List<NodeAddress> { new() { Type = "InternalIP", Address = config.InternalIP } };
        if (config.ExternalIP is { } external)
        {
            addresses.Add(new NodeAddress { Type = "ExternalIP", Address = external });
        }

        addresses.Add(new NodeAddress { Type = "Hostname", Address = config.Name });
        return addresses.ToValueList();
    }

    private static OpaqueObject? Endpoints() =>
        JsonSerializer.Deserialize("""{"kubeletEndpoint":{"Port":10250}}""", ApiJson.Default.OpaqueObject);
}
