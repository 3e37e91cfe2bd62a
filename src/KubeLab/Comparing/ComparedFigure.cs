namespace KubeLab.Comparing;

/// <summary>One number of two clusters.</summary>
/// <param name="Name">What it is, for example <c>cost so far</c>.</param>
/// <param name="Unit">Its unit, for example <c>USD</c>, <c>seconds</c>, <c>pod-seconds</c>.</param>
/// <param name="One">Of the first.</param>
/// <param name="Other">Of the second.</param>
public sealed record ComparedFigure(string Name, string Unit, double One, double Other)
{
    /// <summary>How much more the second has.</summary>
    public double Difference => Other - One;

    /// <summary>The rows about two clusters, the same whatever the clusters are.</summary>
    internal static IReadOnlyList<ComparedFigure> Of(Cluster one, Cluster other)
    {
        var (a, b) = (one.Recorder, other.Recorder);
        var rows = new List<ComparedFigure>
        {
            new("time since the start", "seconds", (one.Now - a.Started).TotalSeconds, (other.Now - b.Started).TotalSeconds),
            new("cost so far", a.Money.Total.Unit, a.Money.Total.Latest, b.Money.Total.Latest),
            new("cost per hour", a.Money.PerHour.Unit, a.Money.PerHour.Latest, b.Money.PerHour.Latest),
            new("CPU requested", "core-hours", Hours(a.Cpu.Requested, one), Hours(b.Cpu.Requested, other)),
            new("CPU used", "core-hours", Hours(a.Cpu.Used, one), Hours(b.Cpu.Used, other)),
            new("evictions", "pods", a.Evictions.Latest, b.Evictions.Latest),
            new("container restarts", "restarts", a.Restarts, b.Restarts),
        };
        foreach (var phase in a.Phases.Concat(b.Phases).Select(s => s.Name).Distinct().Order(StringComparer.Ordinal))
        {
            rows.Add(new($"time {phase}", "pod-seconds", PodSeconds(one, phase), PodSeconds(other, phase)));
        }

        return rows;
    }

    private static double Hours(Simulation.TimeSeries series, Cluster cluster) => series.Integral(cluster.Recorder.Started, cluster.Now) / 3600;

    private static double PodSeconds(Cluster cluster, string phase) =>
        cluster.Recorder.Phases.FirstOrDefault(s => s.Name == phase)?.Integral(cluster.Recorder.Started, cluster.Now) ?? 0;
}
