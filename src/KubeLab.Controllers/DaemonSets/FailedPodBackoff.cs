using KubeLab.Client.Reconciling;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>How long a failed daemon pod of a node is left alone, so that a kubelet that refuses it is not asked all the time.</summary>
/// <remarks>Upstream: failedPodsBackoff in pkg/controller/daemon: 1 s, doubled each time up to 15 min, forgotten after twice that.</remarks>
public sealed class FailedPodBackoff
{
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
    private readonly Dictionary<string, (int Failures, DateTimeOffset Since)> known = new(StringComparer.Ordinal);

    /// <summary>How long to wait before the pod of <paramref name="key"/> is deleted; null when it may be now, which counts as one more time.</summary>
    public TimeSpan? Ask(string key, DateTimeOffset now)
    {
        var isKnown = known.TryGetValue(key, out var entry) && now - entry.Since <= 2 * Pauses.Longest;
        if (isKnown && Pauses.After(entry.Failures) is var pause && now - entry.Since < pause)
        {
            return entry.Since + pause - now;
        }

        known[key] = (isKnown ? entry.Failures + 1 : 0, now);
        return null;
    }

    /// <summary>Forgets what has not been asked for long, so that nodes that are gone take no room.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var key in known.Where(k => now - k.Value.Since > 2 * Pauses.Longest).Select(k => k.Key).ToList())
        {
            known.Remove(key);
        }
    }
}
