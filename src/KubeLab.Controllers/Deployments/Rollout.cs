using KubeLab.Api.Apps;

namespace KubeLab.Controllers.Deployments;

/// <summary>
/// What is known of a deployment and its replica sets during one call of the reconciler; writes replace what they change.
/// </summary>
internal sealed class Rollout(Deployment deployment, IReadOnlyList<ReplicaSet> sets)
{
    private List<ReplicaSet> old = Split(sets, Newer(deployment, sets));

    /// <summary>The deployment as last written.</summary>
    public Deployment Deployment { get; set; } = deployment;

    /// <summary>The replica set of the present template, or null before it is made.</summary>
    public ReplicaSet? Newest { get; set; } = Newer(deployment, sets);

    /// <summary>The replica sets of earlier templates, oldest first.</summary>
    public IReadOnlyList<ReplicaSet> Old => old;

    /// <summary>The youngest of the earlier ones, or null.</summary>
    public ReplicaSet? Latest => old.Count > 0 ? old[^1] : null;

    /// <summary>How many pods are wished.</summary>
    public int Desired => Deployment.Spec.Replicas ?? 1;

    /// <summary>All replica sets that are to have pods.</summary>
    public IEnumerable<ReplicaSet> Active => All.Where(s => (s.Spec.Replicas ?? 1) > 0);

    /// <summary>All replica sets, the newest last.</summary>
    public IEnumerable<ReplicaSet> All => Newest is null ? old : old.Append(Newest);

    /// <summary>The sizes of the old ones.</summary>
    public IReadOnlyList<ReplicaSetSize> OldSizes => [.. old.Select(ReplicaSetSize.Of)];

    /// <summary>Puts <paramref name="written"/> in the place of what was known of it.</summary>
    public void Replace(ReplicaSet written)
    {
        if (Newest?.Metadata.Uid == written.Metadata.Uid)
        {
            Newest = written;
            return;
        }

        old = [.. old.Select(s => s.Metadata.Uid == written.Metadata.Uid ? written : s)];
    }

    private static int ByAge(ReplicaSet left, ReplicaSet right) => ReplicaSetSize.ByAge(ReplicaSetSize.Of(left), ReplicaSetSize.Of(right));

    /// <summary>The oldest set with the deployment's template: with several, all rounds must choose the same one.</summary>
    private static ReplicaSet? Newer(Deployment deployment, IReadOnlyList<ReplicaSet> sets)
    {
        ReplicaSet? found = null;
        foreach (var set in sets)
        {
            if (TemplateHash.SameTemplate(set.Spec.Template, deployment.Spec.Template) && (found is null || ByAge(set, found) < 0))
            {
                found = set;
            }
        }

        return found;
    }

    private static List<ReplicaSet> Split(IReadOnlyList<ReplicaSet> sets, ReplicaSet? newest)
    {
        var rest = sets.Where(s => s.Metadata.Uid != newest?.Metadata.Uid).ToList();
        rest.Sort(ByAge);
        return rest;
    }
}
