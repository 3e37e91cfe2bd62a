using KubeLab.Client.Reconciling;

namespace KubeLab.Nodes.Pods;

/// <summary>The images that pods of one node could not have: 10 s after the first failure, doubling to 300 s, per pod and image.</summary>
internal sealed class PullBackoffs
{
    private static readonly Backoff Waits = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(300));

    private readonly Dictionary<(string Uid, string Image), (int Failures, DateTimeOffset Until, string Error)> entries = [];

    /// <summary>A pull failed now.</summary>
    public void Failed(string uid, string image, string error, DateTimeOffset now)
    {
        var failures = entries.TryGetValue((uid, image), out var known) ? known.Failures : 0;
        entries[(uid, image)] = (failures + 1, now + Waits.After(failures), error);
    }

    /// <summary>What is left of the wait; null when nothing ever failed.</summary>
    public TimeSpan? Remaining(string uid, string image, DateTimeOffset now)
    {
        if (entries.Count == 0 || !entries.TryGetValue((uid, image), out var entry))
        {
            return null;
        }

        return entry.Until > now ? entry.Until - now : TimeSpan.Zero;
    }

    /// <summary>Why it failed last.</summary>
    public string? Error(string uid, string image) => entries.TryGetValue((uid, image), out var entry) ? entry.Error : null;

    /// <summary>The pod is gone.</summary>
    public void Forget(string uid)
    {
        if (entries.Count > 0)
        {
            foreach (var key in entries.Keys.Where(k => k.Uid == uid).ToList())
            {
                entries.Remove(key);
            }
        }
    }
}
