using KubeLab.Api;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>
/// What is remembered of a node between two looks: its last words, and when they were heard by the clock of the one who listens.
/// </summary>
/// <param name="Heartbeat">The time that its readiness carried; null before it had any.</param>
/// <param name="Renewed">The time that its lease carried; null before it had one.</param>
/// <param name="ProbedAt">When either was last seen to move on.</param>
/// <remarks>
/// Times of other machines are compared with each other only, never with the own clock, so clocks that differ do no harm.
/// </remarks>
public sealed record NodeHealth(Timestamp? Heartbeat, MicroTime? Renewed, DateTimeOffset ProbedAt)
{
    /// <summary>What is remembered after a look at <paramref name="node"/> and its <paramref name="lease"/>.</summary>
    public static NodeHealth Observe(NodeHealth? last, Node node, Lease? lease, DateTimeOffset now)
    {
        var ready = NodeConditions.Ready(node);
        if (last is null)
        {
            var since = ready is null ? node.Metadata.CreationTimestamp?.Instant ?? now : now;
            return new NodeHealth(ready?.LastHeartbeatTime, lease?.Spec.RenewTime, lease?.Spec.RenewTime is null ? since : now);
        }

        var spoke = ready?.LastHeartbeatTime != last.Heartbeat;
        var renewed = lease?.Spec.RenewTime is { } time && (last.Renewed is null || time > last.Renewed);
        return spoke || renewed
            ? new NodeHealth(ready?.LastHeartbeatTime, renewed ? lease!.Spec.RenewTime : last.Renewed, now)
            : last;
    }

    /// <summary>Whether it has been silent for longer than <paramref name="grace"/>.</summary>
    public bool IsSilent(TimeSpan grace, DateTimeOffset now) => now > ProbedAt + grace;
}
