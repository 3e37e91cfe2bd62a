using System.Globalization;
using KubeLab.Cloud.Machines;

namespace KubeLab.Simulated;

/// <content>Spot machines, capacity that runs out, and quotas.</content>
public sealed partial class SimulatedCluster
{
    /// <inheritdoc/>
    public override void Preempt(string machine) => Act(c => c.Cloud.Preempt(machine));

    /// <inheritdoc/>
    public override void SpotPreemptions(double perHour) => Act(c => c.Cloud.SpotPreemptionsPerHour = perHour);

    /// <inheritdoc/>
    public override void RunOut(string? machines = null, string? zone = null, TimeSpan? lasting = null, bool spotOnly = false) => Act(c =>
    {
        c.Cloud.RunOut(machines, zone, until: c.Now + lasting, spotOnly: spotOnly);
        c.recorder.Mark($"no {machines ?? "machines"} left{(zone is null ? "" : $" in {zone}")}");
    });

    /// <inheritdoc/>
    public override void SetQuota(string resource, double? limit) => Act(c =>
    {
        c.Cloud.Quotas.Set(resource, limit);
        c.recorder.Mark(limit is { } most ? string.Create(CultureInfo.InvariantCulture, $"quota {resource}: {most}") : $"no quota of {resource}");
    });

    /// <inheritdoc/>
    public override void LimitCpus(int? most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most ?? 0, nameof(most));
        Act(c =>
        {
            c.Cloud.CpuQuota = most;
            c.recorder.Mark(most is { } cpus ? string.Create(CultureInfo.InvariantCulture, $"at most {cpus} CPUs") : "any number of CPUs");
        });
    }

    private void OnPreempting(Machine machine)
    {
        recorder.Mark($"{machine.Name} preempted");
        kubelets.GetValueOrDefault(machine.Name)?.ShutDown();
    }
}
