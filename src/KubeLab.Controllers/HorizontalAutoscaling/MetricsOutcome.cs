using KubeLab.Api.Autoscaling;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>What all lines of an autoscaler's metrics ask for together: the largest number.</summary>
/// <param name="Replicas">How many copies; null when too little is known to act.</param>
/// <param name="Name">The measure that asks for them.</param>
/// <param name="Statuses">What was measured, in the order of the lines; empty where nothing was.</param>
/// <param name="FirstFailure">The first line that could not be read, or null.</param>
/// <param name="Message">What is said about all failures, or null.</param>
/// <remarks>Upstream: computeReplicasForMetrics. A failure never scales down: the line that failed might have asked for more.</remarks>
internal sealed record MetricsOutcome(int? Replicas, string Name, IReadOnlyList<MetricStatus> Statuses, MetricUnreadException? FirstFailure, string? Message)
{
    /// <summary>Reads all lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="current">How many copies are wished for now.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="failed">Told of each line that could not be read.</param>
    public static MetricsOutcome Of(IReadOnlyList<MetricSpec> lines, int current, Func<MetricSpec, MetricReading> read, Action<MetricUnreadException> failed)
    {
        var statuses = new MetricStatus[lines.Count];
        var (replicas, name, failures) = (0, "", 0);
        MetricUnreadException? first = null;
        for (var i = 0; i < lines.Count; i++)
        {
            statuses[i] = new MetricStatus();
            try
            {
                var reading = read(lines[i]);
                statuses[i] = reading.Status;
                if (replicas == 0 || reading.Proposal.Replicas > replicas)
                {
                    (replicas, name) = (reading.Proposal.Replicas, reading.Name);
                }
            }
            catch (MetricUnreadException failure)
            {
                failed(failure);
                first ??= failure;
                failures++;
            }
        }

        var message = first is null ? null : $"invalid metrics ({failures} invalid out of {lines.Count}), first error is: {first.Message}";
        var isTooLittle = failures >= lines.Count || (failures > 0 && replicas < current);
        return new(isTooLittle ? null : replicas, name, statuses, first, message);
    }
}
