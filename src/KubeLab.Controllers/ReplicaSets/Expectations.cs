using KubeLab.Api;
using KubeLab.Simulation;

namespace KubeLab.Controllers.ReplicaSets;

/// <summary>What a controller has asked for and not yet seen, so that a cache that lags does not make it ask again.</summary>
/// <remarks>Upstream: UIDTrackingControllerExpectations in pkg/controller/controller_utils.go.</remarks>
public sealed class Expectations(VirtualClock clock)
{
    /// <summary>After how long it no longer waits: a change that was missed must not block for ever.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly Dictionary<ObjectKey, Expected> all = [];

    /// <summary>Whether everything asked for under <paramref name="key"/> has been seen, or has been waited for too long.</summary>
    public bool AreMet(ObjectKey key) =>
        !all.TryGetValue(key, out var expected) || expected.IsMet || clock.Now - expected.Since > Timeout;

    /// <summary>Expects so many new objects, instead of what was expected before.</summary>
    public void ExpectCreations(ObjectKey key, int count) => all[key] = new Expected(clock.Now) { Creations = count };

    /// <summary>Expects these objects to go, instead of what was expected before.</summary>
    public void ExpectDeletions(ObjectKey key, IEnumerable<string> uids) =>
        all[key] = new Expected(clock.Now) { Deletions = new(uids, StringComparer.Ordinal) };

    /// <summary>Expects so many new objects and these to go, instead of what was expected before.</summary>
    public void Expect(ObjectKey key, int creations, IEnumerable<string> uids) =>
        all[key] = new Expected(clock.Now) { Creations = creations, Deletions = new(uids, StringComparer.Ordinal) };

    /// <summary>One new object was seen, or will not come.</summary>
    public void SeeCreation(ObjectKey key)
    {
        if (all.TryGetValue(key, out var expected))
        {
            expected.Creations--;
        }
    }

    /// <summary>An object was seen to go, or will not.</summary>
    public void SeeDeletion(ObjectKey key, string uid)
    {
        if (all.TryGetValue(key, out var expected))
        {
            expected.Deletions?.Remove(uid);
        }
    }

    /// <summary>Expects nothing any more.</summary>
    public void Forget(ObjectKey key) => all.Remove(key);

    private sealed class Expected(DateTimeOffset since)
    {
        public DateTimeOffset Since { get; } = since;

        public int Creations { get; set; }

        public HashSet<string>? Deletions { get; init; }

        public bool IsMet => Creations <= 0 && (Deletions is null || Deletions.Count == 0);
    }
}
