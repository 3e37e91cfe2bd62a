namespace KubeLab.Cloud.Machines;

/// <summary>What the machines of a pool have in common.</summary>
public sealed record NodePoolOptions
{
    /// <summary>The pool's name; its machines are called <c>{name}-1</c>, <c>{name}-2</c>, and so on.</summary>
    public required string Name { get; init; }

    /// <summary>The machine type, for example <c>e2-standard-4</c>.</summary>
    public required string MachineType { get; init; }

    /// <summary>The zones that machines are spread over; empty for the first zone of the region.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Whether the provider may take the machines back, for a lower price.</summary>
    public bool Spot { get; init; }

    /// <summary>How often the provider takes a Spot machine of this pool back, on average per hour that it runs; null for <see cref="CloudProvider.SpotPreemptionsPerHour"/>.</summary>
    public double? SpotPreemptionsPerHour { get; init; }

    /// <summary>The fewest machines that an autoscaler leaves.</summary>
    public int Min { get; init; }

    /// <summary>The most machines.</summary>
    public int Max { get; init; } = 15_000;

    /// <summary>The type of the boot disk; null for the provider's default.</summary>
    public string? DiskType { get; init; }

    /// <summary>The size of the boot disk in GiB; GKE's default is 100.</summary>
    public int DiskGib { get; init; } = 100;

    /// <summary>The most pods per node.</summary>
    public int MaxPodsPerNode { get; init; } = Allocatable.DefaultPods;

    /// <summary>Images that are on the disk from the start, as with GKE's secondary boot disks; pods find them there and pull nothing.</summary>
    /// <seealso href="https://cloud.google.com/kubernetes-engine/docs/how-to/data-container-image-preloading">GKE: preload container images</seealso>
    public IReadOnlyList<string> PreloadedImages { get; init; } = [];

    /// <summary>Labels that the nodes carry besides those of the cloud.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Taints that the nodes carry; a pool with GPUs also gets <c>nvidia.com/gpu=present:NoSchedule</c>, as on GKE.</summary>
    public IReadOnlyList<MachineTaint> Taints { get; init; } = [];
}
