namespace KubeLab.Controllers.Deployments;

/// <summary>
/// Shares a change of a deployment's size among its replica sets while a rollout is under way, so that the share of the new template
/// stays.
/// </summary>
/// <remarks>Upstream: scale in pkg/controller/deployment/sync.go and GetReplicaSetProportion.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#proportional-scaling">Proportional
/// scaling</seealso>
public static class ProportionalScaling
{
    /// <summary>The size of each of <paramref name="active"/> for a deployment that now wishes <paramref name="desired"/> pods.</summary>
    /// <param name="desired">Pods the deployment wishes.</param>
    /// <param name="maxSurge">Pods that may be too many.</param>
    /// <param name="statusReplicas">Pods the deployment had, used where a replica set does not remember.</param>
    /// <param name="active">The replica sets that have a size.</param>
    public static IReadOnlyList<Resize> Sizes(int desired, int maxSurge, int statusReplicas, IReadOnlyList<ReplicaSetSize> active)
    {
        var allowed = desired > 0 ? desired + maxSurge : 0;
        var toAdd = allowed - active.Sum(s => s.Replicas);
        var ordered = active.ToArray();

        // The largest first; among equals growth prefers the newer one and shrinking the older one.
        Array.Sort(ordered, (a, b) => a.Replicas != b.Replicas
            ? b.Replicas.CompareTo(a.Replicas)
            : toAdd > 0 ? -ReplicaSetSize.ByAge(a, b) : ReplicaSetSize.ByAge(a, b));

        var sizes = new int[ordered.Length];
        var added = 0;
        for (var i = 0; i < ordered.Length; i++)
        {
            var share = toAdd == 0 || added == toAdd ? 0 : Share(ordered[i], desired, maxSurge, statusReplicas, toAdd - added);
            sizes[i] = ordered[i].Replicas + share;
            added += share;
        }

        if (sizes.Length > 0)
        {
            sizes[0] = Math.Max(0, sizes[0] + toAdd - added);
        }

        return [.. ordered.Select((s, i) => new Resize(s.Name, sizes[i]))];
    }

    private static int Share(ReplicaSetSize set, int desired, int maxSurge, int statusReplicas, int left)
    {
        var share = Fraction(set, desired, maxSurge, statusReplicas);
        return left > 0 ? Math.Min(share, left) : Math.Max(share, left);
    }

    private static int Fraction(ReplicaSetSize set, int desired, int maxSurge, int statusReplicas)
    {
        if (desired == 0)
        {
            return -set.Replicas;
        }

        var before = set.MaxReplicas is > 0 ? set.MaxReplicas.Value : statusReplicas;
        if (before == 0)
        {
            return 0;
        }

        var size = (double)set.Replicas * (desired + maxSurge) / before;
        return (int)Math.Round(size, MidpointRounding.AwayFromZero) - set.Replicas;
    }
}
