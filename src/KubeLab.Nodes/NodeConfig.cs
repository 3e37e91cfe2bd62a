using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Nodes.Pressure;
using KubeLab.Nodes.Shutdown;

namespace KubeLab.Nodes;

/// <summary>What a kubelet knows of its machine before it has spoken to anybody.</summary>
public sealed record NodeConfig
{
    /// <summary>The node's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the machine has.</summary>
    public required ResourceList Capacity { get; init; }

    /// <summary>What of it pods may use; the capacity when empty.</summary>
    public ResourceList Allocatable { get; init; }

    /// <summary>The addresses its pods get, for example <c>10.244.1.0/24</c>.</summary>
    public required string PodCIDR { get; init; }

    /// <summary>The machine's own address.</summary>
    public required string InternalIP { get; init; }

    /// <summary>The address under which the world sees it, or null.</summary>
    public string? ExternalIP { get; init; }

    /// <summary>Labels beyond the well-known ones.</summary>
    public StringMap Labels { get; init; }

    /// <summary>Annotations of the node.</summary>
    public StringMap Annotations { get; init; }

    /// <summary>Taints it registers with.</summary>
    public ValueList<Taint> Taints { get; init; }

    /// <summary>The machine's name at its provider, for example <c>gce://project/zone/name</c>.</summary>
    public string? ProviderID { get; init; }

    /// <summary>The version of the kubelet.</summary>
    public string KubeletVersion { get; init; } = "v1.33.0";

    /// <summary>The container runtime and its version.</summary>
    public string ContainerRuntimeVersion { get; init; } = "containerd://2.0.5";

    /// <summary>The operating system's image.</summary>
    public string OsImage { get; init; } = "Ubuntu 24.04.2 LTS";

    /// <summary>The version of the kernel.</summary>
    public string KernelVersion { get; init; } = "6.8.0-60-generic";

    /// <summary>The processor's architecture.</summary>
    public string Architecture { get; init; } = "amd64";

    /// <summary>Images that are on its disk from the start.</summary>
    public ValueList<string> PreloadedImages { get; init; }

    /// <summary>How fast its cores are, against those that programs are measured on; jobs take their time divided by it.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The storage drivers that run on it, and how many volumes each can attach.</summary>
    public ValueList<CSINodeDriver> StorageDrivers { get; init; }

    /// <summary>CPU that the system and the kubelet use, in thousandths of a core (assumption).</summary>
    public long SystemCpuMillis { get; init; } = 60;

    /// <summary>Memory that the system and the kubelet use, in bytes (assumption).</summary>
    public long SystemMemoryBytes { get; init; } = 400L << 20;

    /// <summary>When pods are evicted because the machine runs short of something.</summary>
    public EvictionOptions Eviction { get; init; } = EvictionOptions.Default;

    /// <summary>How long pods get when the machine is about to go, by priority; empty, as upstream's default, when it goes without a word.</summary>
    public ValueList<ShutdownGracePeriod> ShutdownGracePeriods { get; init; }

    /// <summary>Memory that the system uses, in bytes: a machine that is small has a small system.</summary>
    internal long SystemMemory => Capacity["memory"] is { } memory ? Math.Min(SystemMemoryBytes, memory.Value / 4) : SystemMemoryBytes;

    /// <summary>What pods may use.</summary>
    internal ResourceList EffectiveAllocatable => Allocatable.IsEmpty ? Capacity : Allocatable;
}
