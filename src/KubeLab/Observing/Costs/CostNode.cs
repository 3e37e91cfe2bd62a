using KubeLab.Api;
using KubeLab.Api.Verbs;

namespace KubeLab.Observing.Costs;

/// <summary>A node as it is charged.</summary>
internal sealed class CostNode(string name)
{
    public string Name => name;

    public PodShape Capacity { get; set; }

    public PodShape Allocatable { get; set; }

    public int PodsMax { get; set; }

    /// <summary>Whether it is in the API; pods may be seen before it.</summary>
    public bool Exists { get; set; }

    public Dictionary<ObjectKey, CostPod> Pods { get; } = [];

    /// <summary>What its pods were last heard to use; null when they have changed since.</summary>
    public IReadOnlyList<PodUsage>? Heard { get; set; }

    public bool IsChanged { get; set; }

    /// <summary>What is added to which account per hour now.</summary>
    public Dictionary<CostKey, double> Charges { get; set; } = [];

    public long FreeMilliCpu => Allocatable.MilliCpu - Pods.Values.Sum(static p => p.Shape.MilliCpu);

    public long FreeMemory => Allocatable.MemoryBytes - Pods.Values.Sum(static p => p.Shape.MemoryBytes);
}
