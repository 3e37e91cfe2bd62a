using KubeLab.Api.Apps;

namespace KubeLab.Controllers.Deployments;

/// <summary>Which old replica sets are forgotten.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy">Clean-up policy</seealso>
public static class RevisionCleanup
{
    /// <summary>The ones beyond <paramref name="limit"/>, oldest revisions first; those that still have pods stay.</summary>
    public static IReadOnlyList<ReplicaSet> Superfluous(IReadOnlyList<ReplicaSet> old, int? limit)
    {
        if (limit is null or int.MaxValue)
        {
            return [];
        }

        var alive = old.Where(s => s.Metadata.DeletionTimestamp is null).ToArray();
        if (alive.Length <= limit.Value)
        {
            return [];
        }

        Array.Sort(alive, ByRevision);
        return [.. alive.Take(alive.Length - limit.Value).Where(IsSpent)];
    }

    private static bool IsSpent(ReplicaSet set) =>
        set.Status.Replicas == 0 && (set.Spec.Replicas ?? 1) == 0 && set.Metadata.Generation <= set.Status.ObservedGeneration;

    private static int ByRevision(ReplicaSet left, ReplicaSet right)
    {
        var order = Revisions.Of(left.Metadata).CompareTo(Revisions.Of(right.Metadata));
        return order != 0 ? order : ReplicaSetSize.ByAge(ReplicaSetSize.Of(left), ReplicaSetSize.Of(right));
    }
}
