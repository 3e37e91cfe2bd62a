using KubeLab.Autoscaling.Nodes.Provider;

namespace KubeLab.Autoscaling.Nodes.State;

/// <summary>How long groups are left alone after a scale-up failed: the pause doubles with each failure and is forgotten after some hours.</summary>
/// <remarks>Upstream: utils/backoff/exponential_backoff.go.</remarks>
/// <param name="first">The first pause.</param>
/// <param name="longest">The longest pause.</param>
/// <param name="reset">How long after the last failure a group's failures are forgotten.</param>
public sealed class GroupBackoff(TimeSpan first, TimeSpan longest, TimeSpan reset)
{
    private readonly Dictionary<string, Pause> pauses = new(StringComparer.Ordinal);

    /// <summary>Notes a failure; returns until when the group is left alone.</summary>
    /// <remarks>Failures within a pause do not double it: they come of the same scale-up.</remarks>
    public DateTimeOffset Fail(string group, InstanceError error, DateTimeOffset now)
    {
        var duration = first;
        if (pauses.TryGetValue(group, out var known) && known.Until < now)
        {
            duration = known.Duration * 2 > longest ? longest : known.Duration * 2;
        }

        pauses[group] = new Pause(duration, now + duration, now, error);
        return now + duration;
    }

    /// <summary>Why a group is left alone now, or null when it is not.</summary>
    public InstanceError? ErrorOf(string group, DateTimeOffset now) => pauses.TryGetValue(group, out var pause) && pause.Until > now ? pause.Error : null;

    /// <summary>Until when a group is left alone; null when it is not.</summary>
    public DateTimeOffset? UntilOf(string group, DateTimeOffset now) => pauses.TryGetValue(group, out var pause) && pause.Until > now ? pause.Until : null;

    /// <summary>Forgets a group's failures: it grew.</summary>
    public void Succeed(string group) => pauses.Remove(group);

    /// <summary>Forgets what is long ago.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var group in pauses.Where(p => p.Value.LastFailure + reset < now).Select(p => p.Key).ToList())
        {
            pauses.Remove(group);
        }
    }

    private sealed record Pause(TimeSpan Duration, DateTimeOffset Until, DateTimeOffset LastFailure, InstanceError Error);
}
