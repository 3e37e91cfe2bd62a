using KubeLab.Charts;
using KubeLab.Simulation;

namespace KubeLab.Observing;

/// <summary>What is recorded of one node.</summary>
internal sealed class NodeRecord(string name)
{
    public string Name { get; } = name;

    public ResourceTally Requested { get; } = new("requested");

    public ResourceTally Used { get; } = new("used");

    public ResourceTally Allocatable { get; } = new("allocatable");

    public TimeSeries Pods { get; } = new("pods", "pods");

    public TimeSeries PodCapacity { get; } = new("pod capacity", "pods");

    public int PodCount { get; set; }

    public int PodCapacityNow { get; set; }

    public bool Changed { get; set; }

    public bool IsCordoned { get; set; }

    /// <summary>When it was last taken out of service; null when it never was.</summary>
    public DateTimeOffset? CordonedAt { get; set; }

    public void Record(DateTimeOffset now)
    {
        Requested.Record(now);
        Allocatable.Record(now);
        Pods.Record(now, PodCount);
        PodCapacity.Record(now, PodCapacityNow);
        Changed = false;
    }

    public PodsOnNode AsPods() => new(Name, Pods, PodCapacity);

    public ResourcesOfNode AsResources() => new(
        Name,
        new ResourceSeries(Requested.Cpu, Used.Cpu, Allocatable.Cpu),
        new ResourceSeries(Requested.Memory, Used.Memory, Allocatable.Memory));
}
