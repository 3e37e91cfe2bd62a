using KubeLab.Api.Core;

namespace KubeLab.Controllers.ReplicaSets;

/// <summary>What a replica set has adopted and released in this very round: its caches tell of it only a moment later, yet who is deleted must be chosen with it.</summary>
internal sealed class ClaimedPods
{
    private readonly List<Pod> adopted = [];
    private readonly HashSet<string> released = new(StringComparer.Ordinal);

    /// <summary>By how many the set's pods have changed.</summary>
    public int Change => adopted.Count - released.Count;

    /// <summary>A pod without an owner was taken in.</summary>
    public void Adopt(Pod pod) => adopted.Add(pod);

    /// <summary>A pod was let go.</summary>
    public void Release(Pod pod) => released.Add(pod.Metadata.Uid ?? "");

    /// <summary>The pods that are owned, from those that the cache says are.</summary>
    public IEnumerable<Pod> Correct(IEnumerable<Pod> owned) => owned.Where(p => !released.Contains(p.Metadata.Uid ?? "")).Concat(adopted);
}
