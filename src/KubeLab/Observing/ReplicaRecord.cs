using KubeLab.Charts;
using KubeLab.Simulation;

namespace KubeLab.Observing;

/// <summary>How many copies of one workload are wanted, exist and serve, over time.</summary>
internal sealed class ReplicaRecord(string name)
{
    private int existing;
    private int ready;

    /// <summary>The workload's name.</summary>
    public string Name => name;

    /// <summary>What its <c>spec.replicas</c> says, or an autoscaler where nobody reads it.</summary>
    public TimeSeries Wanted { get; } = new("wanted", "pods");

    /// <summary>Pods that are neither over nor going.</summary>
    public TimeSeries Existing { get; } = new("existing", "pods");

    /// <summary>Pods that are ready.</summary>
    public TimeSeries Ready { get; } = new("ready", "pods");

    /// <summary>1 while an autoscaler wants another number and a stabilization window holds it back, else 0.</summary>
    public TimeSeries Held { get; } = new("held", "pods");

    /// <summary>The bounds of its autoscaler; null while it has none.</summary>
    public (int Min, int Max)? Bounds { get; set; }

    /// <summary>One pod changed.</summary>
    public void Count(DateTimeOffset now, int existing, int ready)
    {
        this.existing += existing;
        this.ready += ready;
        if (existing != 0)
        {
            Existing.Record(now, this.existing);
        }

        if (ready != 0)
        {
            Ready.Record(now, this.ready);
        }
    }

    /// <summary>For a chart.</summary>
    public ReplicaSeries AsSeries() => new(name, Wanted, Existing, Ready, Held, Bounds?.Min, Bounds?.Max);
}
