using KubeLab.Api;

namespace KubeLab.Controllers.Jobs;

/// <summary>Uids of pods whose finalizer was taken away and whose copy in the cache may still show it, so that none is counted twice.</summary>
/// <remarks>Upstream: uidTrackingExpectations in pkg/controller/job/tracking_utils.go.</remarks>
internal sealed class Stripping
{
    private readonly Dictionary<ObjectKey, HashSet<string>> all = [];

    /// <summary>The uids of the job at <paramref name="key"/>.</summary>
    public IReadOnlySet<string> this[ObjectKey key] => all.TryGetValue(key, out var uids) ? uids : System.Collections.Frozen.FrozenSet<string>.Empty;

    public void Expect(ObjectKey key, string uid)
    {
        if (!all.TryGetValue(key, out var uids))
        {
            all.Add(key, uids = new(StringComparer.Ordinal));
        }

        uids.Add(uid);
    }

    /// <summary>The cache shows it without the finalizer, or not at all; or the finalizer could not be taken away.</summary>
    public void See(ObjectKey key, string uid)
    {
        if (all.TryGetValue(key, out var uids) && uids.Remove(uid) && uids.Count == 0)
        {
            all.Remove(key);
        }
    }

    public void Forget(ObjectKey key) => all.Remove(key);
}
