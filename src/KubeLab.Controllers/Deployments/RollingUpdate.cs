namespace KubeLab.Controllers.Deployments;

/// <summary>
/// The steps of a rolling update: up with the new as far as the surge allows, down with the old as far as availability allows.
/// </summary>
/// <remarks>Upstream: pkg/controller/deployment/rolling.go and NewRSNewReplicas.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment">Rolling update</seealso>
public static class RollingUpdate
{
    /// <summary>How large the new replica set shall be next.</summary>
    /// <param name="desired">Pods the deployment wishes.</param>
    /// <param name="maxSurge">Pods that may be too many.</param>
    /// <param name="total">Pods that all replica sets are sized for, the new one included.</param>
    /// <param name="current">Pods that the new one is sized for.</param>
    public static int NewSize(int desired, int maxSurge, int total, int current)
    {
        if (current >= desired)
        {
            return desired;
        }

        var room = desired + maxSurge - total;
        return room <= 0 ? current : current + Math.Min(room, desired - current);
    }

    /// <summary>The sizes that old replica sets shall have next, in the order in which they are to be written.</summary>
    /// <remarks>
    /// Unhealthy old pods go first: they serve nobody, and waiting for them would block the rollout for ever. New pods that are not
    /// available buy no room.
    /// A replica set may be named twice, first for its unhealthy pods.
    /// </remarks>
    public static IReadOnlyList<Resize> OldSizes(
        int desired, RolloutBounds bounds, ReplicaSetSize newest, IReadOnlyList<ReplicaSetSize> old)
    {
        var sizes = old.Where(o => o.Replicas > 0).ToArray();
        Array.Sort(sizes, ReplicaSetSize.ByAge);
        var minAvailable = desired - bounds.MaxUnavailable;
        var newUnavailable = newest.Replicas - newest.Available;
        var removable = sizes.Sum(s => s.Replicas) + newest.Replicas - minAvailable - newUnavailable;
        var steps = new List<Resize>();
        if (sizes.Length > 0 && removable > 0)
        {
            RemoveUnhealthy(sizes, removable, steps);
            RemoveAvailable(sizes, sizes.Sum(s => s.Available) + newest.Available - minAvailable, steps);
        }

        return steps;
    }

    private static void RemoveUnhealthy(ReplicaSetSize[] sizes, int removable, List<Resize> steps)
    {
        for (var i = 0; i < sizes.Length && removable > 0; i++)
        {
            var gone = Math.Min(removable, sizes[i].Replicas - sizes[i].Available);
            if (gone > 0)
            {
                removable -= gone;
                Shrink(sizes, i, gone, steps);
            }
        }
    }

    private static void RemoveAvailable(ReplicaSetSize[] sizes, int surplus, List<Resize> steps)
    {
        for (var i = 0; i < sizes.Length && surplus > 0; i++)
        {
            var gone = Math.Min(surplus, sizes[i].Replicas);
            if (gone > 0)
            {
                surplus -= gone;
                Shrink(sizes, i, gone, steps);
            }
        }
    }

    private static void Shrink(ReplicaSetSize[] sizes, int i, int by, List<Resize> steps)
    {
        sizes[i] = sizes[i] with { Replicas = sizes[i].Replicas - by };
        steps.Add(new(sizes[i].Name, sizes[i].Replicas));
    }
}
